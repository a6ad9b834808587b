/** A process full of clients, told what to do by its parent (see swarm.ts). */
import { ConnectionLost, LightClient } from '../../load/light-client.ts';
import { TextSocket } from '../../load/text-socket.ts';
import { BoardStates } from './board-states.ts';
import { sharedNow } from './clock.ts';
import { Collector } from './collector.ts';
import { Follower } from './follower.ts';
import type { Arrival, ConnectOrder, SwarmAnswer, SwarmOrder } from './swarm.ts';

type Client = Follower | LightClient | TextSocket;

interface Group {
  order: ConnectOrder;
  collector: Collector;
  states: BoardStates;
  clients: Client[];
}

const groups = new Map<string, Group>();
const nap = new Int32Array(new SharedArrayBuffer(4));
let looks = false;
const connectTimeoutMs = 60_000;
const mostTries = 20;

async function connect(order: ConnectOrder): Promise<void> {
  const collector = new Collector(order);
  const group = { order, collector, states: new BoardStates(), clients: [] };
  groups.set(order.group, group);
  if (order.looksEveryMs !== undefined && !looks) lookEvery(order.looksEveryMs);
  await inTurns(order.count, order.atOnce, async (index) => {
    (group.clients as Client[])[index] = await connectOne(group, index);
  });
}

/** Never waits for a line, so that no line wakes it. */
function lookEvery(ms: number): void {
  looks = true;
  Atomics.wait(nap, 0, 0, ms);
  setImmediate(lookEvery, ms);
}

async function connectOne(group: Group, index: number): Promise<Client> {
  const { kind, url, sessions, dialogueId } = group.order;
  const localAddress = addressOf(group, index);
  if (kind === 'ws') return connectBare(url, localAddress, group.collector.add());
  const session = sessions[index] ?? { principal: 'person:', cookie: '' };
  const options = { url, ...session, dialogueId, localAddress, timeoutMs: connectTimeoutMs };
  if (kind === 'follower') {
    const follower = new Follower(options, group.states);
    await follower.connect();
    return follower;
  }
  const client = await LightClient.connect(options);
  client.onFrame = group.collector.add();
  if (kind === 'product') await synced(client);
  return client;
}

const addressOf = ({ order: { localAddresses } }: Group, index: number) =>
  localAddresses[index % localAddresses.length]!;

async function synced(client: LightClient): Promise<void> {
  const answer = await client.sync();
  if (!answer.ok) throw new Error(answer.error.code);
}

function connectBare(url: string, localAddress: string, take: (frame: Buffer) => boolean) {
  return new Promise<TextSocket>((resolve, reject) => {
    const socket: TextSocket = new TextSocket(
      { url: new URL(url), headers: {}, localAddress },
      {
        onOpen: () => resolve(socket),
        onText: (frame) => void take(frame),
        onClose: (reason) => reject(new ConnectionLost(reason)),
      },
    );
  });
}

/** Cuts every connection at its moment within `withinMs`, and comes back at once, until current. */
async function reconnect({ group: name, withinMs }: SwarmOrder & { do: 'reconnect' }) {
  const group = groups.get(name)!;
  return Promise.all(
    group.clients.map(async (client, index): Promise<Arrival> => {
      const waitMs = (withinMs * index) / group.clients.length;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      client.destroy();
      const droppedAt = sharedNow();
      for (let tries = 1; ; tries += 1) {
        try {
          group.clients[index] = await comeBack(group, client, index);
          return { tookMs: sharedNow() - droppedAt, tries };
        } catch (error) {
          if (!(error instanceof ConnectionLost) || tries >= mostTries) throw error;
        }
      }
    }),
  );
}

async function comeBack(group: Group, client: Client, index: number): Promise<Client> {
  if (client instanceof Follower) {
    await client.connect();
    return client;
  }
  // The bare peer's server says one message to each newcomer: what there is to know.
  const { url } = group.order;
  const { promise: told, resolve } = Promise.withResolvers<void>();
  const back = await connectBare(url, addressOf(group, index), () => {
    resolve();
    return true;
  });
  await told;
  return back;
}

/** What the followers hold now: how many hold each. */
function boardsOf({ clients, states }: Group): Map<string, number> {
  const counts = new Map<number, number>();
  for (const client of clients) {
    if (client instanceof Follower) counts.set(client.board, (counts.get(client.board) ?? 0) + 1);
  }
  return new Map([...counts].map(([board, count]) => [states.digestOf(board), count]));
}

async function inTurns(count: number, atOnce: number, act: (index: number) => Promise<void>) {
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < count; index = next++) await act(index);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, worker));
}

async function obey(order: SwarmOrder): Promise<unknown> {
  switch (order.do) {
    case 'connect':
      return connect(order);
    case 'reset':
      return groups.get(order.group)!.collector.reset();
    case 'collect':
      return groups.get(order.group)!.collector.collected();
    case 'times':
      return groups.get(order.group)!.collector.times();
    case 'reconnect':
      return reconnect(order);
    case 'boards':
      return boardsOf(groups.get(order.group)!);
    case 'leave':
      for (const client of groups.get(order.group)!.clients) client.destroy();
      groups.delete(order.group);
  }
}

process.on('message', ({ id, order }: { id: number; order: SwarmOrder }) => {
  const answer = (reply: Omit<SwarmAnswer, 'id'>) => process.send?.({ id, ...reply });
  obey(order).then(
    (value) => answer({ value }),
    (error: unknown) => answer({ error: String((error as Error).stack ?? error) }),
  );
});
process.on('disconnect', () => process.exit(0));
