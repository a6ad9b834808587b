import type { Delivery } from '@nhip-cau/shared/protocol/facts';
import type { SignalMessage, SignalName } from '@nhip-cau/shared/protocol/signals';
import { joinDeliveries } from './join-deliveries.ts';
import { joinSignals } from './signals.ts';
import { eventFrame } from './wire/encoder.ts';

/** Rooms up to this size are written to at once. */
const smallRoom = 500;
/** How long a large room is written to before other work has its turn, in ms. */
const sliceMs = 4;
/** Sockets between two looks at the clock. */
const stride = 32;
/** After a large room's delivery others have the process for this share of the time it took. */
const restShare = 0.25;
/** Signals to a large room take at most one part in so many of the time. */
const signalShare = 20;

/** A socket, as far as it is written to here. */
export interface Receiver {
  /** Whether all that was sent has left this process. */
  readonly isIdle: boolean;
  pass(topic: string, frame: Buffer): void;
}

/** A room, as far as it is written to here. */
export interface Receivers {
  readonly name: string;
  readonly size: number;
  /** Grows whenever somebody comes or goes. */
  readonly version: number;
  /** Those that are in it now, as a list that does not change. */
  members(): readonly Receiver[];
  has(receiver: Receiver): boolean;
}

interface Waiting {
  delivery: Delivery | null;
  signals: Map<SignalName, SignalMessage>;
}

interface Spread {
  room: Receivers;
  version: number;
  members: readonly Receiver[];
  /** The place in `members` of who comes next. */
  next: number;
  frames: { topic: string; frame: Buffer }[];
  hasSignals: boolean;
  startedAt: number;
}

/**
 * Sends to rooms. A small one is written to at once. One of thousands is written to slice by slice,
 * one room at a time, so that commands are answered meanwhile; what comes for it before its turn is
 * joined: deliveries into one that says the same, signals to the latest of each. So the pace is the
 * one that the process can keep, and nothing is lost.
 */
export class FanOut {
  private readonly waiting = new Map<Receivers, Waiting>();
  private readonly signalsFrom = new WeakMap<Receivers, number>();
  private current: Spread | null = null;
  private restUntil = 0;
  private timer: NodeJS.Timeout | null = null;
  private isClosed = false;

  deliver(room: Receivers, delivery: Delivery): void {
    if (this.isAtOnce(room)) {
      const frame = eventFrame('delivery', delivery);
      for (const socket of room.members()) socket.pass(room.name, frame);
      return;
    }
    const waiting = this.waitingFor(room);
    waiting.delivery = waiting.delivery ? joinDeliveries(waiting.delivery, delivery) : delivery;
    this.proceed();
  }

  signal(room: Receivers, message: SignalMessage): void {
    if (this.isAtOnce(room)) {
      const frame = eventFrame('signal', message);
      for (const socket of room.members()) passSignal(socket, room, message.name, frame);
      return;
    }
    const { signals } = this.waitingFor(room);
    const before = signals.get(message.name);
    signals.set(message.name, before ? joinSignals(before, message) : message);
    this.proceed();
  }

  close(): void {
    this.isClosed = true;
    this.waiting.clear();
    if (this.timer) clearTimeout(this.timer);
  }

  /** What waits for a room goes first, also when the room has become small meanwhile. */
  private isAtOnce(room: Receivers): boolean {
    return room.size <= smallRoom && this.current?.room !== room && !this.waiting.has(room);
  }

  private waitingFor(room: Receivers): Waiting {
    const waiting = this.waiting.get(room) ?? { delivery: null, signals: new Map() };
    this.waiting.set(room, waiting);
    return waiting;
  }

  private proceed(): void {
    if (this.current !== null || this.isClosed) return;
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const [room, from] = this.next();
    if (room === null) return;
    const now = performance.now();
    const waitMs = Math.max(this.restUntil, from) - now;
    if (waitMs > 0) this.timer = setTimeout(() => this.proceed(), Math.ceil(waitMs));
    else this.begin(room, now);
  }

  /** The room whose turn it is, deliveries before signals, and from when. */
  private next(): [Receivers | null, number] {
    let next: Receivers | null = null;
    let from = Infinity;
    for (const [room, { delivery }] of this.waiting) {
      if (delivery) return [room, 0];
      const signalsFrom = this.signalsFrom.get(room) ?? 0;
      if (signalsFrom >= from) continue;
      next = room;
      from = signalsFrom;
    }
    return [next, from];
  }

  private begin(room: Receivers, startedAt: number): void {
    const { delivery, signals } = this.waiting.get(room)!;
    this.waiting.delete(room);
    const frames: Spread['frames'] = [];
    if (delivery) frames.push({ topic: room.name, frame: eventFrame('delivery', delivery) });
    const hasSignals = signals.size > 0 && (this.signalsFrom.get(room) ?? 0) <= startedAt;
    if (hasSignals) {
      for (const [name, message] of signals) {
        frames.push({ topic: topicOf(room, name), frame: eventFrame('signal', message) });
      }
    } else if (signals.size > 0) {
      this.waiting.set(room, { delivery: null, signals });
    }
    const { version } = room;
    const members = room.members();
    this.current = { room, version, members, next: 0, frames, hasSignals, startedAt };
    this.write();
  }

  private readonly write = (): void => {
    const { current } = this;
    if (current === null || this.isClosed) return;
    const { room, members, frames } = current;
    const until = performance.now() + sliceMs;
    while (current.next < members.length) {
      const end = Math.min(current.next + stride, members.length);
      // Whoever left meanwhile hears no more of it, though their line may still be open.
      const mayHaveLeft = room.version !== current.version;
      for (; current.next < end; current.next += 1) {
        const socket = members[current.next]!;
        if (mayHaveLeft && !room.has(socket)) continue;
        for (const { topic, frame } of frames) socket.pass(topic, frame);
      }
      if (performance.now() >= until) {
        setImmediate(this.write);
        return;
      }
    }
    this.finish(current);
  };

  private finish({ room, hasSignals, startedAt }: Spread): void {
    const now = performance.now();
    const tookMs = now - startedAt;
    this.current = null;
    this.restUntil = now + tookMs * restShare;
    if (hasSignals) this.signalsFrom.set(room, now + tookMs * signalShare);
    this.proceed();
  }
}

/** A level that comes late is worth nothing, and the next one is near. */
function passSignal(socket: Receiver, room: Receivers, name: SignalName, frame: Buffer): void {
  if (name !== 'levels' || socket.isIdle) socket.pass(topicOf(room, name), frame);
}

const topicOf = (room: Receivers, name: SignalName) => `${room.name} ${name}`;
