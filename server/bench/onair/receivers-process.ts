/** Many receivers in a process of their own, so that reading does not hold up those who measure. */
import { setTimeout as delay } from 'node:timers/promises';
import type { SeededSession } from '../../load/seed.ts';
import { answerAll } from '../support/helper-process.ts';
import { Receiver, type ReceiverPlace } from './receiver.ts';

export type Question =
  | { kind: 'open'; receivers: { place: ReceiverPlace; session: SeededSession }[] }
  /** Answers when each has this hall's camera, to flow once it is on air. */
  | { kind: 'have'; bridgePointId: string; withinMs: number }
  | { kind: 'expect'; bridgePointId: string }
  /** Answers with what each saw and was told, when all have seen it or the time is over. */
  | { kind: 'seen'; withinMs: number };

export interface Seen {
  /** On the clock that all processes share; null: not seen. */
  at: (number | null)[];
  messages: number[];
}

const opensAtOnce = 20;
const lookEveryMs = 20;
const receivers: Receiver[] = [];

answerAll<Question>(async (question) => {
  switch (question.kind) {
    case 'open': {
      const waiting = [...question.receivers];
      const openSome = async () => {
        for (let next = waiting.shift(); next; next = waiting.shift()) {
          receivers.push(await Receiver.open(next.place, next.session));
        }
      };
      await Promise.all(Array.from({ length: opensAtOnce }, openSome));
      return receivers.length;
    }
    case 'have':
      await until((one) => one.has(question.bridgePointId), question.withinMs);
      return receivers.filter((one) => one.has(question.bridgePointId)).length;
    case 'expect':
      for (const receiver of receivers) receiver.expect(question.bridgePointId);
      return {};
    case 'seen':
      await until((one) => one.seenAt !== null, question.withinMs);
      return {
        at: receivers.map(({ seenAt }) => seenAt),
        messages: receivers.map(({ messages }) => messages),
      } satisfies Seen;
  }
});

async function until(isSo: (one: Receiver) => boolean, withinMs: number): Promise<void> {
  const endsAt = performance.now() + withinMs;
  while (!receivers.every(isSo) && performance.now() < endsAt) await delay(lookEveryMs);
}
