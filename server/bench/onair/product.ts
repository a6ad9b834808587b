import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import type { CommandName, CommandPayload } from '@nhip-cau/shared/protocol/commands';
import { openLoadDatabase } from '../../load/database.ts';
import { LightClient } from '../../load/light-client.ts';
import type { Packets } from '../../load/media/packets.ts';
import { seedDialogue } from '../../load/seed.ts';
import { startLoadServer } from '../../load/server.ts';
import { progress } from '../support/arguments.ts';
import { sharedNow } from '../support/clock.ts';
import { startHelper } from '../support/helper-process.ts';
import { questionText } from '../support/questions.ts';
import type { Contender } from './contender.ts';
import type { Question, Seen } from './receivers-process.ts';
import { Camera, openSpeaker } from './speaker.ts';

/** For what the preparation has stirred up to settle. */
const restMs = 2_000;
const preparedWithinMs = 60_000;

export interface Product extends Contender {
  /** The longest that the server's event loop was held up between two moments, in ms. */
  loopMs(from: number, to: number): number;
}

/** The real server, but for its transports, and a screen in every hall. */
export async function openProduct(
  { receivers, workers }: { receivers: number; workers: number },
  packets: Packets,
  closers: (() => unknown)[],
): Promise<Product> {
  const database = await openLoadDatabase('onair');
  closers.push(() => database.close());
  const { dialogueId, halls, secretaries } = await seedDialogue({
    databaseUrl: database.url,
    bridgePoints: receivers + 2,
    persons: 0,
  });
  const server = await startLoadServer({
    ...database,
    databaseUrl: database.url,
    env: { MEDIA_WORKERS: String(workers) },
    program: join(import.meta.dirname, 'server.ts'),
  });
  closers.push(() => server.stop());
  const loop: { loopAt: number; longestMs: number }[] = [];
  createInterface({ input: server.child.stdout! }).on('line', (line) => {
    if (line.startsWith('{"loopAt"')) loop.push(JSON.parse(line) as (typeof loop)[number]);
    else if (/"level":"?([4-6]0|warn|error|fatal)/.test(line)) progress(line);
  });
  const placeOf = (hall: number) => ({
    url: server.url,
    dialogueId,
    localAddress: addressOf(hall),
  });
  const desk = await LightClient.connect({ ...placeOf(0), ...secretaries[0]! });
  closers.push(() => desk.destroy());
  const speakers: { bridgePointId: string; client: LightClient }[] = [];
  for (const [index, { bridgePointId, moderator }] of halls.slice(0, 2).entries()) {
    const camera = new Camera(packets, 1_000 * (index + 1));
    const client = await openSpeaker(placeOf(index), moderator, camera);
    closers.push(() => {
      camera.close();
      client.destroy();
    });
    speakers.push({ bridgePointId, client });
  }
  const helper = startHelper(join(import.meta.dirname, 'receivers-process.ts'));
  closers.push(() => helper.close());
  const ask = <T>(question: Question) => helper.ask<T>(question);
  await ask({
    kind: 'open',
    receivers: halls
      .slice(2)
      .map(({ screen }, index) => ({ place: placeOf(index + 2), session: screen })),
  });

  const questionIds: string[] = [];
  let isPaused = false;
  return {
    async prepare(round) {
      if (isPaused) await send(desk, 'dialogue.resume', {});
      isPaused = false;
      const { bridgePointId, client } = speakers[round % 2]!;
      const questionId = await queue(desk, client, bridgePointId, round);
      questionIds[round] = questionId;
      await send(desk, 'floor.prepare', { questionId });
      const having = await ask<number>({
        kind: 'have',
        camera: bridgePointId,
        withinMs: preparedWithinMs,
      });
      if (having < receivers) throw new Error(`only ${having} were offered the hall on deck`);
      await delay(restMs);
    },

    async call(round, withinMs) {
      await ask({ kind: 'expect', camera: speakers[round % 2]!.bridgePointId });
      const calledAt = sharedNow();
      await send(desk, 'floor.call', { questionId: questionIds[round]! });
      await ask<Seen>({ kind: 'seen', withinMs });
      // Whatever else each is told of this handover.
      await delay(restMs);
      return { calledAt, seen: await ask<Seen>({ kind: 'seen', withinMs: 0 }) };
    },

    async rest() {
      await send(desk, 'dialogue.pause', {});
      isPaused = true;
      await delay(restMs);
    },

    loopMs(from, to) {
      const told = loop.filter(({ loopAt }) => loopAt > from);
      const last = told.findIndex(({ loopAt }) => loopAt > to);
      const during = last < 0 ? told : told.slice(0, last + 1);
      return Math.max(0, ...during.map(({ longestMs }) => longestMs));
    },
  };
}

async function send<Name extends CommandName>(
  client: LightClient,
  name: Name,
  payload: CommandPayload<Name>,
): Promise<void> {
  const outcome = await client.send(name, payload);
  if (!outcome.ok) throw new Error(`${name}: ${JSON.stringify(outcome.error)}`);
}

/** A question of this hall in the queue; its id. */
async function queue(
  desk: LightClient,
  hall: LightClient,
  bridgePointId: string,
  index: number,
): Promise<string> {
  const questionId = randomUUID();
  const text = questionText(index);
  const asked = { field: null, nameVisibility: 'public', onBehalfOf: { name: null } } as const;
  await send(hall, 'question.ask', { questionId, bridgePointId, text, ...asked });
  await send(hall, 'question.forward', { questionId });
  await send(desk, 'question.accept', { questionId });
  return questionId;
}

/** Each hall an address of its own, as in a city: the server counts by them. */
const addressOf = (hall: number) => `127.9.${Math.floor(hall / 250)}.${(hall % 250) + 1}`;
