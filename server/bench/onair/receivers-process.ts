/** Many receivers in a process of their own, so that reading does not hold up those who measure. */
import { setTimeout as delay } from 'node:timers/promises';
import type { SeededSession } from '../../load/seed.ts';
import { answerAll } from '../support/helper-process.ts';
import { CameraPort } from './camera-port.ts';
import { Receiver, type ReceiverPlace } from './receiver.ts';

export type Question =
  | { kind: 'open'; receivers: { place: ReceiverPlace; session: SeededSession }[] }
  /** UDP ports alone, for a peer without sockets; answers with their numbers. */
  | { kind: 'openPorts'; count: number }
  /** What comes to each of those. */
  | { kind: 'name'; ports: { keyBase64: string; cameras: { ssrc: number; name: string }[] }[] }
  /** Answers with how many have this camera, to flow once it is on air. */
  | { kind: 'have'; camera: string; withinMs: number }
  | { kind: 'expect'; camera: string }
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
const ports: CameraPort[] = [];

answerAll<Question>(async (question) => {
  switch (question.kind) {
    case 'open': {
      const waiting = [...question.receivers];
      const openSome = async () => {
        for (let next = waiting.shift(); next; next = waiting.shift()) {
          const receiver = await Receiver.open(next.place, next.session);
          receivers.push(receiver);
          ports.push(receiver.cameras);
        }
      };
      await Promise.all(Array.from({ length: opensAtOnce }, openSome));
      return ports.length;
    }
    case 'openPorts':
      while (ports.length < question.count) ports.push(await CameraPort.open());
      return ports.map(({ port }) => port);
    case 'name':
      for (const [index, { cameras, keyBase64 }] of question.ports.entries()) {
        for (const { name, ssrc } of cameras) ports[index]!.add(ssrc, name, keyBase64);
      }
      return {};
    case 'have':
      await until((one) => one.has(question.camera), question.withinMs);
      return ports.filter((one) => one.has(question.camera)).length;
    case 'expect':
      for (const receiver of receivers) receiver.messages = 0;
      for (const port of ports) port.expect(question.camera);
      return {};
    case 'seen':
      await until((one) => one.seenAt !== null, question.withinMs);
      return {
        at: ports.map(({ seenAt }) => seenAt),
        messages: receivers.map(({ messages }) => messages),
      } satisfies Seen;
  }
});

async function until(isSo: (one: CameraPort) => boolean, withinMs: number): Promise<void> {
  const endsAt = performance.now() + withinMs;
  while (!ports.every(isSo) && performance.now() < endsAt) await delay(lookEveryMs);
}
