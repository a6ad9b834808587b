import { nextState, type TransitionTable } from '@nhip-cau/shared/model/transitions';

/** The next state of an entry that was decided by the same table: a log that breaks it is damaged. */
export function step<State extends string, Event extends string>(
  table: TransitionTable<State, Event>,
  state: State,
  event: Event,
): State {
  const next = nextState(table, state, event);
  if (next === undefined) throw new Error(`the log has "${event}" in state "${state}"`);
  return next;
}

/** The row that an entry of the log speaks of. */
export function inLog<Row>(row: Row | undefined, id: string): Row {
  if (row === undefined) throw new Error(`the log speaks of ${id}, which it never made`);
  return row;
}
