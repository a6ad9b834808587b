import { setTimeout as delay } from 'node:timers/promises';
import type { ProcessUsage } from '../../load/process-usage.ts';
import { sharedNow } from '../support/clock.ts';
import type { ReceivedDelivery } from '../support/collector.ts';
import type { PeerKind, Swarm } from '../support/swarm.ts';
import { captionText } from './captions.ts';

/** A server that sends captions to its clients. */
export interface Contender {
  usage(): ProcessUsage;
  /**
   * How often each connection beats, in ms. Those that came together beat together: what is
   * measured must hold whole beats, or it has more of them, or fewer, than an idle time.
   */
  heartbeatMs?: number;
  /** Resolves when the server has taken it. */
  send(text: string): Promise<void>;
}

/** CPU that a server uses while it only keeps its connections: microseconds in each ms. */
export interface IdleLoad {
  user: number;
  system: number;
}

/** One server at one rate for some seconds. */
export interface Load {
  tookMs: number;
  /** CPU of the server meanwhile, in microseconds. */
  userUs: number;
  systemUs: number;
  /** Frames that arrived, at all clients together. */
  frames: number;
  /** Captions that arrived, at all clients together: where several share a frame, more. */
  delivered: number;
  /** From the first client to the last one, a frame each. */
  spreadsMs: number[];
  /** From handing the caption to the server until the last client has it, a caption each. */
  delaysMs: number[];
  /** Frames that each client received a second; where captions share one, fewer than were sent. */
  framesPerSecond: number;
  /** Captions missing or doubled somewhere, frames that were not the same for all. */
  faults: number;
}

export interface MeasureOptions {
  swarm: Swarm;
  group: string;
  clients: number;
  /** Captions a second. */
  rate: number;
  captions: number;
}

const drainTimeoutMs = 60_000;
const pollMs = 100;

/** What each server uses for its connections alone, all watched over the same time. */
export async function idleLoad(
  contenders: Record<PeerKind, Contender>,
  forMs: number,
): Promise<Record<PeerKind, IdleLoad>> {
  const kinds = Object.keys(contenders) as PeerKind[];
  const before = kinds.map((kind) => contenders[kind].usage());
  const begun = sharedNow();
  await delay(forMs);
  const tookMs = sharedNow() - begun;
  const loads = kinds.map((kind, index) => {
    const used = difference(contenders[kind].usage(), before[index]!);
    return [kind, { user: used.userUs / tookMs, system: used.systemUs / tookMs }] as const;
  });
  return Object.fromEntries(loads) as Record<PeerKind, IdleLoad>;
}

/** Sends captions at the rate, waits until every client has the last one, and says what it cost. */
export async function measure(
  contender: Contender,
  { swarm, group, clients, rate, captions }: MeasureOptions,
): Promise<Load> {
  await swarm.reset(group);
  const before = contender.usage();
  const begun = sharedNow();
  const sentAt = await sendCaptions(contender, rate, captions);
  const { deliveries, faults } = await drained(swarm, group, clients, sentAt.size);
  const { heartbeatMs } = contender;
  if (heartbeatMs !== undefined) await delay(heartbeatMs - ((sharedNow() - begun) % heartbeatMs));
  const used = difference(contender.usage(), before);
  const tookMs = sharedNow() - begun;
  const endedAt = Math.max(...deliveries.map(({ last }) => last));

  return {
    ...used,
    tookMs,
    frames: deliveries.reduce((sum, { count }) => sum + count, 0),
    delivered: deliveries.reduce((sum, { count, captions: all }) => sum + count * all.length, 0),
    spreadsMs: deliveries.map(({ first, last }) => last - first),
    delaysMs: deliveries.flatMap(({ captions: texts, last }) =>
      texts.map((text) => last - sentAt.get(text)!),
    ),
    framesPerSecond: (deliveries.length / (endedAt - begun)) * 1_000,
    faults: faults + missing(deliveries, sentAt, clients),
  };
}

/** CPU of the server a caption that one client gets, in microseconds. */
export interface DeliveryCost {
  /** Beyond what it uses when nothing is said. */
  cpuUs: number;
  /** The part of that in user mode. */
  userUs: number;
  /** The same as `cpuUs`, a frame. */
  frameUs: number;
  /** All that it used while it sent, its heartbeats too. */
  grossUs: number;
}

export function costOf(load: Load, idle: IdleLoad): DeliveryCost {
  const { tookMs, userUs, systemUs, frames, delivered } = load;
  const user = userUs - idle.user * tookMs;
  const system = systemUs - idle.system * tookMs;
  return {
    cpuUs: (user + system) / delivered,
    userUs: user / delivered,
    frameUs: (user + system) / frames,
    grossUs: (userUs + systemUs) / delivered,
  };
}

/** Sends at the rate whether or not the server keeps up; when each was handed over, by its text. */
export async function sendCaptions(
  { send }: Contender,
  rate: number,
  captions: number,
): Promise<Map<string, number>> {
  const begun = sharedNow();
  const sentAt = new Map<string, number>();
  const taken: Promise<void>[] = [];
  for (let index = 0; index < captions; index += 1) {
    await delay(Math.max(0, begun + (index * 1_000) / rate - sharedNow()));
    const text = captionText();
    sentAt.set(text, sharedNow());
    taken.push(send(text));
  }
  await Promise.all(taken);
  return sentAt;
}

async function drained(swarm: Swarm, group: string, clients: number, captions: number) {
  const deadline = sharedNow() + drainTimeoutMs;
  for (;;) {
    const collected = await swarm.collect(group);
    const told = collected.deliveries
      .filter(({ count }) => count === clients)
      .reduce((sum, { captions: texts }) => sum + texts.length, 0);
    if (told >= captions || sharedNow() > deadline) return collected;
    await delay(pollMs);
  }
}

function missing(
  deliveries: readonly ReceivedDelivery[],
  sentAt: ReadonlyMap<string, number>,
  clients: number,
): number {
  const told = deliveries.flatMap(({ captions }) => captions);
  const incomplete = deliveries.filter(({ count }) => count !== clients).length;
  const inOrder = [...sentAt.keys()].filter((text, index) => told[index] !== text).length;
  return incomplete + inOrder + Math.max(0, told.length - sentAt.size);
}

function difference(after: ProcessUsage, before: ProcessUsage) {
  return {
    userUs: (after.userSeconds - before.userSeconds) * 1e6,
    systemUs: (after.systemSeconds - before.systemSeconds) * 1e6,
  };
}
