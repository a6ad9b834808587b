import { type BoardMaps, Replica } from '../../client/src/core/connection/replica.ts';

/** The facts of one board, by collection and id. */
type AnyBoard = Record<string, Map<string, unknown>>;

export interface LoadReplica {
  /** The pages' own replica: the same rules of gaps and cursors. */
  replica: Replica;
  /** What it holds: board, collection, id. */
  boards: Record<string, AnyBoard>;
}

/** An empty replica for a load program, which makes room for whatever collection comes. */
export function createReplica(): LoadReplica {
  const boards = growing<AnyBoard>(() => growing(() => new Map<string, unknown>()));
  return { replica: new Replica(boards as unknown as BoardMaps), boards };
}

function growing<Value>(make: () => Value): Record<string, Value> {
  return new Proxy<Record<string, Value>>(
    {},
    {
      get(target, name) {
        if (typeof name === 'symbol') return undefined;
        return (target[name] ??= make());
      },
    },
  );
}
