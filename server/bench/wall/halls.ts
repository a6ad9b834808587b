import { setTimeout as delay } from 'node:timers/promises';
import type { PageHealth } from '@nhip-cau/shared/model/health';
import { WebSocket } from 'ws';
import { HealthReporter } from '../../../client/src/core/health/reporter.ts';
import { LightClient } from '../../load/light-client.ts';
import type { SeededHall, SeededSession } from '../../load/seed.ts';
import { seededRandom } from '../bwe/random.ts';
import { answerAll } from '../support/helper-process.ts';
import { HallLine } from './lines.ts';

/** What the halls' process is told to do. */
export type Order =
  | {
      order: 'connect';
      url: string;
      dialogueId: string;
      halls: SeededHall[];
      /** Another page of the desk, by which is counted what an operator is told. */
      desk: SeededSession;
    }
  | { order: 'connectBare'; url: string; halls: number }
  /** Each hall looks every four seconds and tells what changed, or with `everyLook` all of it. */
  | { order: 'look'; seconds: number; everyLook: boolean };

/** What was done and told while the halls looked. */
export interface Looked {
  reports: number;
  refused: number;
  /** What a page of the desk was told meanwhile. */
  messages: number;
  bytes: number;
}

type Send = (health: PageHealth) => Promise<boolean>;

interface Hall {
  line: HallLine;
  reporter: HealthReporter;
  send: Send;
}

/** As the halls' pages do. */
const lookMs = 4_000;
const atOnce = 10;
/** Over the time from one ping to the next, so that all parts of a measurement have as many. */
const connectMs = 10_000;
const event = 0x32;

let halls: Hall[] = [];
let counts: Looked = { reports: 0, refused: 0, messages: 0, bytes: 0 };

const hallOf = (place: number, send: Send): Hall => {
  const counted: Send = async (health) => {
    counts.reports += 1;
    const isTaken = await send(health);
    if (!isTaken) counts.refused += 1;
    return isTaken;
  };
  const line = new HallLine(seededRandom(place + 1), place);
  return { line, reporter: new HealthReporter(({ health }) => counted(health)), send: counted };
};

async function connect({ url, dialogueId, halls: seeded, desk }: Order & { order: 'connect' }) {
  const startedAt = performance.now();
  for (let first = 0; first < seeded.length; first += atOnce) {
    const dueAt = startedAt + (first * connectMs) / seeded.length;
    await delay(Math.max(0, dueAt - performance.now()));
    const connected = seeded.slice(first, first + atOnce).map(async ({ moderator }, index) => {
      const client = await LightClient.connect({ url, dialogueId, ...moderator });
      return hallOf(first + index, async (health) => {
        const answer = await client.request<{ ok: boolean }>('health', { health });
        return answer.ok;
      });
    });
    halls.push(...(await Promise.all(connected)));
  }
  const watcher = await LightClient.connect({ url, dialogueId, ...desk });
  await watcher.sync();
  watcher.onFrame = (frame) => {
    if (frame[1] !== event) return false;
    counts.messages += 1;
    counts.bytes += frame.length;
    return true;
  };
}

async function connectBare({ url, halls: count }: Order & { order: 'connectBare' }) {
  const opened = Array.from({ length: count }, async (_, place) => {
    const socket = new WebSocket(new URL('/hall', url), { perMessageDeflate: false });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    return hallOf(place, async (health) => {
      const answered = new Promise((resolve) => socket.once('message', resolve));
      socket.send(JSON.stringify({ hall: place, health }));
      await answered;
      return true;
    });
  });
  halls = await Promise.all(opened);
}

async function look({ seconds, everyLook }: Order & { order: 'look' }): Promise<Looked> {
  counts = { reports: 0, refused: 0, messages: 0, bytes: 0 };
  const startedAt = performance.now();
  const looks = Math.round((seconds * 1_000 * halls.length) / lookMs);
  for (let number = 0; number < looks; number += 1) {
    const dueAt = startedAt + (number * lookMs) / halls.length;
    const waitMs = dueAt - performance.now();
    // Timers are no finer: what is due within the same millisecond is done together.
    if (waitMs >= 1) await delay(waitMs);
    const { line, reporter, send } = halls[number % halls.length]!;
    const health = line.look();
    void (everyLook ? send(health) : reporter.take(health));
  }
  await delay(Math.max(0, startedAt + seconds * 1_000 - performance.now()));
  return counts;
}

answerAll(async (order: Order) => {
  if (order.order === 'connect') return connect(order);
  if (order.order === 'connectBare') return connectBare(order);
  return look(order);
});
