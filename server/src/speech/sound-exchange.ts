import { randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { Refusal } from '../dialogue/kernel/refusal.ts';
import type { TimerClock } from '../dialogue/kernel/timer-clock.ts';
import type { Bus, NodeValues, SoundAsked, SoundGiven } from '../dialogue/nodes/ports.ts';
import type { RunSound, SpeechAudio } from '../dialogue/transcript/ports.ts';

/** Two seconds of sound: large enough to be quick, small enough for a bus that others need too. */
const pieceBytes = 65_536;
/** All who listen here together get a piece in so many ms: whoever saves hours of sound can wait. */
const pieceEveryMs = 10;
/** A message may be lost: what is not answered within this, in ms, is asked once more. */
const patienceMs = 2_000;

export interface SoundExchangeOptions {
  bus: Bus;
  values: Pick<NodeValues, 'nodes'>;
  /** The sound that this node has; null: it has none. */
  own: (dialogueId: string, runId: string) => Promise<RunSound | null>;
  clock: TimerClock;
  onError: (error: unknown, dialogueId: string) => void;
}

/** What an answer tells whoever waits for it; undefined: there may be a better one. */
type Read<T> = (given: SoundGiven, nodeId: string) => T | undefined;

/**
 * Sound lies at the node that heard it. Each node plays the others' too: it asks for piece after
 * piece over the bus, the next when the last one is taken.
 */
export class SoundExchange implements SpeechAudio {
  private readonly options: SoundExchangeOptions;
  private readonly waiting = new Map<string, (given: SoundGiven, nodeId: string) => void>();
  private readonly endings: (() => void)[];
  /** When the next piece may be asked for, epoch ms. */
  private nextAt = 0;

  constructor(options: SoundExchangeOptions) {
    this.options = options;
    const { bus } = options;
    this.endings = [
      bus.subscribe('soundAsked', (asked) => void this.answer(asked)),
      bus.subscribe('soundGiven', (given, nodeId) => {
        this.waiting.get(given.askId)?.(given, nodeId);
      }),
    ];
  }

  async open(dialogueId: string, runId: string): Promise<RunSound | null> {
    const own = await this.options.own(dialogueId, runId);
    if (own) return own;
    const left = new Set(this.options.values.nodes());
    if (left.size === 0) return null;
    const question = { of: null, dialogueId, runId, from: 0, length: 0 };
    return this.ask<RunSound | null>(question, ({ size }, nodeId) => {
      if (size !== null) return this.soundAt(nodeId, dialogueId, runId, size);
      left.delete(nodeId);
      return left.size === 0 ? null : undefined;
    });
  }

  /** Asks and answers no more. Idempotent. */
  close(): void {
    for (const end of this.endings.splice(0)) end();
  }

  private soundAt(of: string, dialogueId: string, runId: string, size: number): RunSound {
    const piece = async (from: number, length: number) => {
      await this.turn();
      const question = { of, dialogueId, runId, from, length };
      return this.ask(question, ({ bytes }) => Buffer.from(bytes, 'base64'));
    };
    return {
      size,
      async *read(from, to) {
        for (let at = from; at < to;) {
          const bytes = await piece(at, Math.min(pieceBytes, to - at));
          // It was removed meanwhile.
          if (bytes.length === 0) throw new Refusal('unavailable');
          yield bytes;
          at += bytes.length;
        }
      },
    };
  }

  private async turn(): Promise<void> {
    const { clock } = this.options;
    const now = clock.now();
    const waitMs = Math.max(0, this.nextAt - now);
    this.nextAt = now + waitMs + pieceEveryMs;
    if (waitMs > 0) await new Promise<void>((resolve) => clock.after(waitMs, resolve));
  }

  /** Rejects with `unavailable` when too few answer. */
  private async ask<T>(question: Omit<SoundAsked, 'askId'>, read: Read<T>): Promise<T> {
    const { bus, clock } = this.options;
    const askId = randomUUID();
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    this.waiting.set(askId, (given, nodeId) => {
      const answer = read(given, nodeId);
      if (answer !== undefined) resolve(answer);
    });
    const say = () => bus.publish('soundAsked', { askId, ...question });
    const timers = [
      clock.after(patienceMs, say),
      clock.after(2 * patienceMs, () => reject(new Refusal('unavailable'))),
    ];
    say();
    try {
      return await promise;
    } finally {
      for (const giveUp of timers) giveUp();
      this.waiting.delete(askId);
    }
  }

  private async answer({ askId, of, dialogueId, runId, from, length }: SoundAsked): Promise<void> {
    const { bus, own, onError } = this.options;
    if (of !== null && of !== bus.nodeId) return;
    try {
      const sound = await own(dialogueId, runId);
      const to = Math.min(from + Math.min(length, pieceBytes), sound?.size ?? 0);
      const bytes = sound && to > from ? await buffer(sound.read(from, to)) : Buffer.alloc(0);
      const size = sound?.size ?? null;
      bus.publish('soundGiven', { askId, size, bytes: bytes.toString('base64') });
    } catch (error) {
      // Whoever waits hears nothing, and gives up.
      onError(error, dialogueId);
    }
  }
}
