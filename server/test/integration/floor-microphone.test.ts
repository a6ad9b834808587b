import { randomUUID } from 'node:crypto';
import { observer } from 'mediasoup';
import type { types } from 'mediasoup';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { system } from '../../src/dialogue/kernel/actor.ts';
import { StageReconciler } from '../../src/dialogue/stage/reconciler.ts';
import { createMediaService } from '../../src/media/media-service.ts';
import type { MediaService } from '../../src/media/media-service.ts';
import { createTestEngine, TestDialogue, type TestEngine } from '../support/dialogue.ts';
import { joinPublisher } from '../support/media-hall.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { createMediaWire } from '../support/media-wire.ts';
import type { MediaWire } from '../support/media-wire.ts';

const clock = new ManualClock(1_800_000_000_000);
let test: TestEngine & { url: string };
let media: MediaService;
let wire: MediaWire;
let reconciler: StageReconciler;
let microphones: types.Producer[];
let failures: unknown[];

const watchWorker = (worker: types.Worker) =>
  worker.observer.on('newrouter', (router) =>
    router.observer.on('newtransport', (transport) =>
      transport.observer.on('newproducer', (producer) => {
        if (producer.kind === 'audio') microphones.push(producer);
      }),
    ),
  );

beforeAll(async () => {
  test = await createTestEngine(undefined, () => clock.now());
  test.engine.onCommitted((state) => reconciler.handleState(state));
});

afterAll(() => test.close());

beforeEach(async () => {
  microphones = [];
  failures = [];
  wire = createMediaWire();
  observer.on('newworker', watchWorker);
  media = await createMediaService(
    { workers: 1, listenAddress: '127.0.0.1', portMin: 0 },
    { onFailure: (failure) => failures.push(failure), onLevels: () => {} },
    wire.open,
  );
  reconciler = new StageReconciler(media, (error) => failures.push(error));
});

afterEach(async () => {
  observer.off('newworker', watchWorker);
  wire.close();
  await media.close();
  expect(failures).toEqual([]);
});

/** Whether each microphone that was published is open at the server. */
const open = () => microphones.map(({ paused, closed }) => !paused && !closed);

/** Hall 1 publishes and is on air, its microphone open at the server. */
async function onAir() {
  const dialogue = await TestDialogue.open(test.engine);
  const { host, secretary } = dialogue;
  await dialogue.do(secretary, 'dialogue.configure', { rules: { timeUp: 'end' } });
  await dialogue.do(secretary, 'dialogue.start', {});
  const heard = await dialogue.accepted(1);
  await dialogue.do(host, 'floor.call', { questionId: heard });
  await dialogue.do(host, 'floor.end', { turnId: (await dialogue.state()).currentTurnId! });
  const { peer } = await joinPublisher(media, wire, dialogue.id, await dialogue.hall(1));
  const questionId = await dialogue.accepted(1);
  await dialogue.do(host, 'floor.call', { questionId });
  await expect.poll(open).toEqual([true]);
  const told = () => peer.notified('media:feed').at(-1)?.microphone;
  return { dialogue, heard, told, turnId: (await dialogue.state()).currentTurnId! };
}

type Way = (of: Awaited<ReturnType<typeof onAir>>) => Promise<unknown>;

describe('a hall’s microphone', () => {
  it.each<[string, Way]>([
    [
      'the host ends its turn',
      ({ dialogue, turnId }) => dialogue.do(dialogue.host, 'floor.end', { turnId }),
    ],
    [
      'the hall ends its turn',
      async ({ dialogue, turnId }) =>
        dialogue.do(await dialogue.moderator(1), 'floor.end', { turnId }),
    ],
    [
      'its time is up',
      async ({ dialogue, turnId }) => {
        clock.pass(3_600_000);
        await dialogue.do(system, 'floor.end', { turnId, reason: 'timeUp' });
      },
    ],
    [
      'its link is lost',
      ({ dialogue, turnId }) => dialogue.do(system, 'floor.hold', { turnId, reason: 'linkLost' }),
    ],
    [
      'it is interrupted',
      ({ dialogue, turnId }) =>
        dialogue.do(dialogue.host, 'floor.hold', { turnId, reason: 'person' }),
    ],
    [
      'another hall is called',
      async ({ dialogue }) =>
        dialogue.do(dialogue.host, 'floor.call', { questionId: await dialogue.accepted(2) }),
    ],
    [
      'a hand of another hall is taken',
      async ({ dialogue }) => {
        const { bridgePointId, ...person } = await dialogue.joined(2);
        const handId = randomUUID();
        await dialogue.do({ ...person, bridgePointId }, 'hand.raise', { handId, bridgePointId });
        await dialogue.do(dialogue.host, 'floor.callHand', { handId });
      },
    ],
    [
      'another hall replies',
      async ({ dialogue, heard }) =>
        dialogue.do(dialogue.host, 'floor.reply', {
          questionId: heard,
          bridgePointId: await dialogue.hall(2),
        }),
    ],
    [
      'the head table answers',
      ({ dialogue, heard }) => dialogue.do(dialogue.host, 'floor.hostTurn', { questionId: heard }),
    ],
    [
      'the dialogue pauses',
      ({ dialogue }) => dialogue.do(dialogue.secretary, 'dialogue.pause', {}),
    ],
    ['the dialogue ends', ({ dialogue }) => dialogue.do(dialogue.secretary, 'dialogue.end', {})],
  ])('is closed at the server when %s', async (_what, way) => {
    const of = await onAir();
    await way(of);
    await expect.poll(() => microphones.every(({ paused, closed }) => paused || closed)).toBe(true);
  });

  it('is opened again by a person alone, after an interruption', async () => {
    const { dialogue, turnId, told } = await onAir();
    await dialogue.do(dialogue.host, 'floor.hold', { turnId, reason: 'person' });
    await expect.poll(told).toBe('closed');
    await dialogue.do(dialogue.host, 'floor.extend', { turnId, seconds: 60 });
    await dialogue.do(dialogue.host, 'floor.resume', { turnId });
    await expect.poll(open).toEqual([true]);
    expect(told()).toBe('open');
  });

  it('stays open through the turns of its own hall that follow each other', async () => {
    const { dialogue, heard, told } = await onAir();
    await dialogue.do(dialogue.host, 'floor.reply', { questionId: heard });
    const state = await dialogue.state();
    expect(state.turns.get(state.currentTurnId!)?.kind).toBe('reply');
    expect(told()).toBe('open');
    expect(open()).toEqual([true]);
  });
});
