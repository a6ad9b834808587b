/** A process full of clients, told what to do by its parent (see swarm.ts). */
import type { SyncAnswer } from '@nhip-cau/shared/protocol/socket';
import { ConnectionLost, ConnectRefused, LightClient } from '../../load/light-client.ts';
import { TextSocket } from '../../load/text-socket.ts';
import { sharedNow } from './clock.ts';
import { Collector } from './collector.ts';
import type { Arrival, ConnectOrder, SwarmAnswer, SwarmOrder } from './swarm.ts';

interface Group {
  order: ConnectOrder;
  collector: Collector;
  clients: ({ destroy(): void } | LightClient)[];
}

const groups = new Map<string, Group>();
const connectTimeoutMs = 60_000;

async function connect(order: ConnectOrder): Promise<void> {
  const group: Group = { order, collector: new Collector(), clients: [] };
  groups.set(order.group, group);
  await inTurns(order.count, order.atOnce, async (index) => {
    group.clients[index] = await connectOne(group, index);
  });
}

async function connectOne(group: Group, index: number): Promise<Group['clients'][number]> {
  const { kind, url, sessions, localAddresses, dialogueId } = group.order;
  const localAddress = localAddresses[index % localAddresses.length]!;
  const take = group.collector.add();
  if (kind === 'ws') return connectBare(url, localAddress, take);
  const session = sessions[index] ?? { principal: 'person:', cookie: '' };
  const client = await LightClient.connect({
    url,
    ...session,
    dialogueId,
    localAddress,
    timeoutMs: connectTimeoutMs,
  });
  client.onFrame = take;
  if (kind === 'product') await synced(client);
  return client;
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

async function synced(client: LightClient, cursors?: Record<string, number>) {
  for (;;) {
    const answer = await client.sync(cursors);
    if (answer.ok) return answer;
    if (answer.error.code !== 'rate_limited') throw new Error(answer.error.code);
  }
}

/** Cuts every connection at its moment within `withinMs`, and comes back at once, until current. */
async function reconnect({ group: name, withinMs, cursor }: SwarmOrder & { do: 'reconnect' }) {
  const group = groups.get(name)!;
  const start = sharedNow();
  return Promise.all(
    group.clients.map(async (client, index): Promise<Arrival> => {
      const wait = (withinMs * index) / group.clients.length;
      await new Promise((resolve) => setTimeout(resolve, wait));
      client.destroy();
      const droppedAt = sharedNow();
      let tries = 0;
      for (;;) {
        tries += 1;
        try {
          const { client: fresh, content } = await comeBack(group, index, cursor);
          group.clients[index] = fresh;
          return { atMs: droppedAt - start, tookMs: sharedNow() - droppedAt, tries, content };
        } catch (error) {
          if (error instanceof ConnectRefused) throw error;
          if (tries >= 20) throw error;
        }
      }
    }),
  );
}

/** Connected and current again; `content` is what everybody's board has, to be compared. */
async function comeBack(group: Group, index: number, cursor: number | undefined) {
  const { kind, url, sessions, localAddresses, dialogueId } = group.order;
  const localAddress = localAddresses[index % localAddresses.length]!;
  if (kind === 'ws') {
    // The bare peer's server says one message to each newcomer: what it has to know.
    let content = '';
    const { promise: told, resolve } = Promise.withResolvers<void>();
    const socket = await connectBare(url, localAddress, (frame) => {
      content = frame.toString();
      resolve();
      return true;
    });
    await told;
    return { client: socket, content };
  }
  const client = await LightClient.connect({
    url,
    ...sessions[index]!,
    dialogueId,
    localAddress,
    timeoutMs: connectTimeoutMs,
  });
  client.onFrame = group.collector.add();
  const answer = await synced(client, cursor === undefined ? undefined : { everyone: cursor });
  return { client, content: contentOf(answer) };
}

function contentOf(answer: SyncAnswer & { ok: true }): string {
  const everyone = answer.audiences.find(({ audience }) => audience === 'everyone');
  const { seq, full, puts } = everyone ?? { seq: -1, full: true, puts: [] };
  return JSON.stringify({ seq, full, puts });
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
    case 'reconnect':
      return reconnect(order);
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
