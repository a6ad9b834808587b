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
/** Signals to a large room rest so many times as long as they took. */
const signalRest = 20;
/** Those with words that are read as they are said rest less: phones have them about once a second. */
const wordsRest = 6;
const wordSignals: ReadonlySet<SignalName> = new Set<SignalName>(['speaking', 'typed']);

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
  /** Whether the signals have let a delivery go before them. */
  isOvertaken: boolean;
}

interface Spread {
  room: Receivers;
  version: number;
  members: readonly Receiver[];
  /** The place in `members` of who comes next. */
  next: number;
  frames: { topic: string; frame: Buffer }[];
  hasDelivery: boolean;
  /** So many times as long as it took, the next signals wait; `null`: there are none in it. */
  signalRest: number | null;
  /** Whether a delivery may go before the rest of it. */
  yields: boolean;
  startedAt: number;
}

/** Signals that a delivery has gone between. */
interface Aside {
  spread: Spread;
  since: number;
  /** Whether it was one to the same room: no other goes between them again. */
  isOvertaken: boolean;
}

/**
 * Sends to rooms. A small one is written to at once. One of thousands is written to slice by slice,
 * one room at a time, so that commands are answered meanwhile; what comes for it before its turn is
 * joined: deliveries into one that says the same, signals to the latest of each. A delivery goes
 * before signals and between them, once: then they go on. So the pace is the one that the process
 * can keep, and nothing is lost.
 */
export class FanOut {
  private readonly waiting = new Map<Receivers, Waiting>();
  private readonly signalsFrom = new WeakMap<Receivers, number>();
  private current: Spread | null = null;
  private aside: Aside | null = null;
  private restUntil = 0;
  private timer: NodeJS.Timeout | null = null;
  private isClosed = false;

  deliver(room: Receivers, delivery: Delivery): void {
    if (room.size === 0) return;
    if (this.isAtOnce(room)) {
      const frame = eventFrame('delivery', delivery);
      for (const socket of room.members()) socket.pass(room.name, frame);
      return;
    }
    const waiting = this.waitingFor(room);
    waiting.delivery = waiting.delivery ? joinDeliveries(waiting.delivery, delivery) : delivery;
    if (this.current?.yields) this.overtake(this.current, room);
    else this.proceed();
  }

  signal(room: Receivers, message: SignalMessage): void {
    if (room.size === 0) return;
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
    if (room.size > smallRoom || this.waiting.has(room)) return false;
    return this.current?.room !== room && this.aside?.spread.room !== room;
  }

  private waitingFor(room: Receivers): Waiting {
    const waiting = this.waiting.get(room) ?? nothing();
    this.waiting.set(room, waiting);
    return waiting;
  }

  /** The next slice is the delivery's; there is one, for what is under way is not over. */
  private overtake(spread: Spread, room: Receivers): void {
    const now = performance.now();
    this.aside = { spread, since: now, isOvertaken: spread.room === room };
    this.current = this.spreadOf(room, now);
  }

  private proceed(): void {
    if (this.current !== null || this.isClosed) return;
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const { aside } = this;
    const goesOn = aside !== null && !this.mayOvertake(aside);
    const [room, from] = aside ? [aside.spread.room, 0] : this.next();
    if (room === null) return;
    const now = performance.now();
    const waitMs = Math.max(this.restUntil, from) - now;
    if (waitMs > 0) {
      this.timer = setTimeout(() => this.proceed(), Math.ceil(waitMs));
      return;
    }
    this.current = goesOn ? goneOn(aside, now) : this.spreadOf(room, now);
    if (goesOn) this.aside = null;
    else if (aside) aside.isOvertaken = true;
    this.write();
  }

  /** Whether a delivery to the same room waits, and none has gone between yet. */
  private mayOvertake({ spread, isOvertaken }: Aside): boolean {
    return !isOvertaken && (this.waiting.get(spread.room)?.delivery ?? null) !== null;
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

  /** What waits for the room, taken: the delivery, and signals where it is their turn. */
  private spreadOf(room: Receivers, startedAt: number): Spread {
    const { delivery, signals, isOvertaken } = this.waiting.get(room)!;
    this.waiting.delete(room);
    const isDue = this.aside === null && (this.signalsFrom.get(room) ?? 0) <= startedAt;
    const hasSignals = signals.size > 0 && isDue && (delivery === null || isOvertaken);
    const rest = [...signals.keys()].some((name) => wordSignals.has(name)) ? wordsRest : signalRest;
    const frames: Spread['frames'] = [];
    if (delivery) frames.push({ topic: room.name, frame: eventFrame('delivery', delivery) });
    if (hasSignals) {
      for (const [name, message] of signals) {
        frames.push({ topic: topicOf(room, name), frame: eventFrame('signal', message) });
      }
    } else if (signals.size > 0) {
      this.waiting.set(room, { delivery: null, signals, isOvertaken: isOvertaken || isDue });
    }
    const { version } = room;
    const [hasDelivery, yields] = [delivery !== null, delivery === null && !isOvertaken];
    const about = { room, version, members: room.members(), next: 0, frames, startedAt };
    return { ...about, hasDelivery, signalRest: hasSignals ? rest : null, yields };
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

  private finish({ room, hasDelivery, signalRest: rest, startedAt }: Spread): void {
    const now = performance.now();
    const tookMs = now - startedAt;
    this.current = null;
    if (hasDelivery) this.restUntil = now + tookMs * restShare;
    if (rest !== null) this.signalsFrom.set(room, now + tookMs * rest);
    this.proceed();
  }
}

const nothing = (): Waiting => ({ delivery: null, signals: new Map(), isOvertaken: false });

/** The rest of what was put aside, which nothing goes between again. */
function goneOn({ spread, since }: Aside, now: number): Spread {
  return { ...spread, yields: false, startedAt: spread.startedAt + now - since };
}

/** A level that comes late is worth nothing, and the next one is near. */
function passSignal(socket: Receiver, room: Receivers, name: SignalName, frame: Buffer): void {
  if (name !== 'levels' || socket.isIdle) socket.pass(topicOf(room, name), frame);
}

const topicOf = (room: Receivers, name: SignalName) => `${room.name} ${name}`;
