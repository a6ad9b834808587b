/**
 * `npm run bench -- fanout`: one caption to every phone. The product, bare `ws` and stock Socket.IO
 * in turn, on the same clients.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { captionWindow } from '@nhip-cau/shared/protocol/facts';
import { openLoadDatabase } from '../../load/database.ts';
import { LightClient } from '../../load/light-client.ts';
import { type SeededDialogue, seedDialogue } from '../../load/seed.ts';
import { startLoadServer } from '../../load/server.ts';
import { atMost, median, printReport, printTable, quantile, type Target } from '../report.ts';
import { numbersOf, progress } from '../support/arguments.ts';
import { type Peer, startPeer } from '../support/peers.ts';
import { type PeerKind, Swarm } from '../support/swarm.ts';
import { captionText, deliveryLike } from './captions.ts';
import { answerTimes } from './answers.ts';
import {
  type Contender,
  costOf,
  type DeliveryCost,
  type IdleLoad,
  idleLoad,
  type Load,
  measure,
} from './measure.ts';

const rates = [1, 3, 10];
const kinds: PeerKind[] = ['ws', 'product', 'socketio'];
const defaults = { clients: 15_000, rounds: 5, seconds: 6, processes: 3, halls: 579 };

export async function run(args: string[]): Promise<boolean> {
  const options = numbersOf(args, defaults);
  const closers: (() => Promise<unknown>)[] = [];
  try {
    return report(await compare(options, closers), options.clients);
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

interface Findings {
  /** By contender and rate, a round each. */
  loads: Map<string, Load[]>;
  /** Once a round. */
  idle: Record<PeerKind, IdleLoad[]>;
  rssPerClient: Record<PeerKind, number>;
  /** By rate: from a command to its answer while captions go out, in ms. */
  answers: Map<number, number[]>;
}

async function compare(
  { clients, rounds, seconds, processes, halls }: typeof defaults,
  closers: (() => Promise<unknown>)[],
): Promise<Findings> {
  const database = await openLoadDatabase('fanout');
  closers.push(() => database.close());
  const seeded = await seedDialogue({
    databaseUrl: database.url,
    bridgePoints: halls,
    persons: clients,
  });
  const server = await startLoadServer({ ...database, databaseUrl: database.url });
  closers.push(() => server.stop());
  const [ws, socketio] = [await startPeer('ws-peer.ts'), await startPeer('socketio-peer.ts')];
  closers.push(
    () => ws.close(),
    () => socketio.close(),
  );
  const secretary = await LightClient.connect({
    url: server.url,
    ...seeded.secretaries[0]!,
    dialogueId: seeded.dialogueId,
  });
  // The server has read the dialogue from its log: what memory it takes is no connection's.
  await secretary.sync();
  // From here on each caption pushes the oldest one out, as it does for most of an event.
  for (let line = 0; line < captionWindow; line += 1) {
    await secretary.send('transcript.add', caption(captionText())).then(requireDone);
  }
  const swarm = new Swarm(processes);
  closers.push(() => swarm.close());

  const contenders: Record<PeerKind, Contender> = {
    product: {
      usage: server.usage,
      heartbeatMs,
      send: (text) => secretary.send('transcript.add', caption(text)).then(requireDone),
    },
    ws: { usage: ws.usage, send: peerSender(ws, seeded) },
    socketio: { usage: socketio.usage, send: peerSender(socketio, seeded) },
  };
  const urls = { product: server.url, ws: ws.url, socketio: socketio.url };
  const rssPerClient = { product: NaN, ws: NaN, socketio: NaN };
  for (const kind of kinds) {
    const before = contenders[kind].usage().rssBytes;
    const sessions = kind === 'product' ? seeded.persons : [];
    const { dialogueId } = seeded;
    const begun = Date.now();
    await swarm.connect({
      group: kind,
      kind,
      url: urls[kind],
      count: clients,
      dialogueId,
      sessions,
    });
    await delay(settleMs);
    rssPerClient[kind] = (contenders[kind].usage().rssBytes - before) / clients;
    const tookMs = Date.now() - begun - settleMs;
    progress(`${kind}: ${clients} connected in ${tookMs} ms, ${kB(rssPerClient[kind])} kB each`);
  }

  // Once for nothing: the programs are compiled as they run, and the first seconds pay for it.
  for (const kind of kinds) {
    await measure(contenders[kind], { swarm, group: kind, clients, rate: 3, captions: 12 });
  }
  const loads = new Map<string, Load[]>();
  const idle: Findings['idle'] = { product: [], ws: [], socketio: [] };
  for (let round = 0; round < rounds; round += 1) {
    const quiet = await idleLoad(contenders, idleMs);
    for (const kind of kinds) idle[kind].push(quiet[kind]);
    for (const rate of rates) {
      // Each begins once as often as the others: what comes first finds other caches.
      for (const kind of rotated(kinds, round)) {
        const captions = Math.max(2, Math.round(rate * seconds));
        const order = { swarm, group: kind, clients, rate, captions };
        const load = await measure(contenders[kind], order);
        const key = `${kind} ${rate}`;
        loads.set(key, [...(loads.get(key) ?? []), load]);
        progress(`round ${round + 1}, ${rate}/s, ${kind}: ${describe(load, quiet[kind])}`);
      }
    }
  }
  const answers = new Map<number, number[]>();
  for (const rate of rates) {
    answers.set(rate, await answerTimes(contenders.product, seeded, server.url, rate, seconds));
    progress(`answers at ${rate}/s: p99 ${quantile(answers.get(rate)!, 0.99).toFixed(0)} ms`);
  }
  return { loads, idle, rssPerClient, answers };
}

/** Long enough for the garbage of the handshakes to be collected. */
const settleMs = 5_000;
/** Of the product's connections; Socket.IO's of 25 s would make its turns too long. */
const heartbeatMs = 10_000;
const idleMs = heartbeatMs;

const caption = (text: string) => ({ lineId: randomUUID(), text, speaker: 'host' as const });

function requireDone(outcome: { ok: boolean }): void {
  if (!outcome.ok) throw new Error(`a caption was refused: ${JSON.stringify(outcome)}`);
}

function peerSender(peer: Peer, { dialogueId }: SeededDialogue) {
  let seq = 0;
  return async (text: string) => {
    seq += 1;
    peer.order({ delivery: deliveryLike(dialogueId, seq, text) });
  };
}

function rotated<T>(list: readonly T[], by: number): T[] {
  return list.map((_, index) => list[(index + by) % list.length]!);
}

function describe(load: Load, idle: IdleLoad): string {
  const { cpuUs, userUs, frameUs } = costOf(load, idle);
  return (
    `${cpuUs.toFixed(1)} us a caption (user ${userUs.toFixed(1)}), ${frameUs.toFixed(1)} a frame, ` +
    `spread p99 ${quantile(load.spreadsMs, 0.99).toFixed(0)} ms, ` +
    `${load.framesPerSecond.toFixed(1)} frames/s` +
    (load.faults > 0 ? `, ${load.faults} FAULTS` : '')
  );
}

const kB = (bytes: number) => (bytes / 1000).toFixed(1);

function report({ loads, idle, rssPerClient, answers }: Findings, clients: number): boolean {
  const figures: Record<string, number> = { clients };
  const targets: Record<string, Target> = {};
  const rows: (string | number)[][] = [];
  const fixed = (value: number, digits = 1) => Number(value.toFixed(digits));
  // What a server uses for its connections alone is the same in all rounds: noise goes by medians.
  const costsOf = (kind: PeerKind, rate: number): DeliveryCost[] => {
    const user = median(idle[kind].map((load) => load.user));
    const system = median(idle[kind].map((load) => load.system));
    return loads.get(`${kind} ${rate}`)!.map((load) => costOf(load, { user, system }));
  };
  const of = (kind: PeerKind, rate: number, name: keyof DeliveryCost) =>
    median(costsOf(kind, rate).map((cost) => cost[name]));

  for (const rate of rates) {
    for (const kind of kinds) {
      const rounds = loads.get(`${kind} ${rate}`)!;
      const p99 = (name: 'spreadsMs' | 'delaysMs') =>
        fixed(median(rounds.map((round) => quantile(round[name], 0.99))), 0);
      const longest = Math.max(...rounds.flatMap(({ spreadsMs }) => spreadsMs));
      const row = {
        cpuUs: fixed(of(kind, rate, 'cpuUs')),
        userUs: fixed(of(kind, rate, 'userUs')),
        frameUs: fixed(of(kind, rate, 'frameUs')),
        grossUs: fixed(of(kind, rate, 'grossUs')),
        spreadP99Ms: p99('spreadsMs'),
        longestSpreadMs: fixed(longest, 0),
        delayP99Ms: p99('delaysMs'),
        framesPerSecond: fixed(median(rounds.map(({ framesPerSecond }) => framesPerSecond))),
      };
      for (const [name, value] of Object.entries(row)) figures[`${kind}${rate}${name}`] = value;
      rows.push([kind, rate, ...Object.values(row), fixed(rssPerClient[kind] / 1000)]);
    }
    const ratio = (name: keyof DeliveryCost, peer: PeerKind) =>
      fixed(of('product', rate, name) / of(peer, rate, name), 2);
    targets[`cpuOfWs${rate}`] = atMost(ratio('cpuUs', 'ws'), 1.1);
    targets[`userOfSocketio${rate}`] = atMost(ratio('userUs', 'socketio'), 0.5);
    figures[`answer${rate}P99Ms`] = fixed(quantile(answers.get(rate)!, 0.99), 0);
    targets[`answer${rate}P99Ms`] = atMost(figures[`answer${rate}P99Ms`]!, 200);
  }
  for (const kind of kinds) figures[`${kind}RssKbPerClient`] = fixed(rssPerClient[kind] / 1000);
  figures['faults'] = [...loads.values()].flat().reduce((sum, { faults }) => sum + faults, 0);
  targets['rssKbPerClient'] = atMost(figures['productRssKbPerClient']!, 25);
  targets['spread3P99Ms'] = atMost(figures['product3spreadP99Ms']!, 250);
  targets['faults'] = atMost(figures['faults'], 0);
  printTable(
    [
      'server',
      'captions/s',
      'CPU us/caption',
      'user us',
      'CPU us/frame',
      'with heartbeats',
      'spread p99 ms',
      'longest ms',
      'delay p99 ms',
      'frames/s',
      'RSS kB/client',
    ],
    rows,
  );
  return printReport({ name: 'fanout', figures, targets });
}
