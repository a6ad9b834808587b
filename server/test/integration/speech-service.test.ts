import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DialogueState } from '../../src/dialogue/kernel/state.ts';
import type { HeardLine, SoundTrack } from '../../src/speech/ports.ts';
import { SpeechService, type SpeechServiceOptions } from '../../src/speech/speech-service.ts';
import { soundOf, unfinishedRuns } from '../../src/speech/spool/shelf.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { spokenPackets } from '../support/spoken-dialogue.ts';
import { ToneEngine } from '../support/tone-engine.ts';

let dir: string;
let clock: ManualClock;
let lines: HeardLine[];
let failures: unknown[];
let isDead: boolean;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'nhip-cau-speech-'));
  clock = new ManualClock(1_700_000_000_000);
  lines = [];
  failures = [];
  isDead = false;
});
afterEach(() => rm(dir, { recursive: true }));

const engine = () =>
  new ToneEngine({
    onOpen: () => {
      if (isDead) throw new Error('not reachable');
    },
  });

function serve(more: Partial<SpeechServiceOptions> = {}) {
  const signals: unknown[] = [];
  const service = new SpeechService({
    engine: engine(),
    language: 'vi',
    dir,
    keepDays: 30,
    floorBytes: 1_000,
    sink: {
      hear: async (_dialogueId, line) => void lines.push(line),
      heardUntil: async () => null,
    },
    writer: { hotWords: async () => [], write: async (_id, { text }) => ({ text, words: null }) },
    clock,
    onSpoken: () => {},
    onTranscribing: (_dialogueId, signal) => signals.push(signal),
    onLook: () => {},
    onRetry: () => {},
    onError: (error) => failures.push(error),
    freeBytes: async () => 2_000,
    ...more,
  });
  return { service, signals };
}

/** A dialogue that is live. */
function liveState(): DialogueState {
  const state = new DialogueState(randomUUID());
  state.dialogue = { id: state.id, state: 'live', centralBridgePointId: randomUUID() } as never;
  return state;
}

/** A microphone whose packets a test hands over. */
function trackOf(dialogueId: string) {
  let listener: ((packet: Buffer) => void) | null = null;
  let sequence = 0;
  const track: SoundTrack = {
    id: randomUUID(),
    dialogueId,
    bridgePointId: randomUUID(),
    source: 'microphone',
    isGathered: false,
    codec: { mimeType: 'audio/opus', clockRate: 48_000 },
    onRtp: async (given) => {
      listener = given;
      return () => (listener = null);
    },
  };
  return {
    track,
    get isHeard() {
      return listener !== null;
    },
    speak(hz: readonly number[]) {
      for (const payload of spokenPackets(hz)) {
        const header = Buffer.alloc(12);
        header[0] = 0x80;
        header.writeUInt16BE(sequence, 2);
        header.writeUInt32BE(sequence * 960, 4);
        sequence += 1;
        listener?.(Buffer.concat([header, payload]));
        clock.pass(20);
      }
    },
  };
}

/** Lets time go on until something has come about. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) {
    clock.pass(100);
    await new Promise(setImmediate);
  }
}
const texts = () => lines.map(({ text }) => text);

test('hears the microphones that come in here while their dialogues are under way', async () => {
  const { service, signals } = serve();
  await service.start();
  const [state, other] = [liveState(), liveState()];
  const [early, late, unknown] = [trackOf(state.id), trackOf(state.id), trackOf(other.id)];
  const expectNobody = () => expect.fail('it is not heard here');
  service.handleTrack(early.track);
  service.handleTrack(unknown.track);
  service.handleState(state);
  service.handleTrack(late.track);
  const { track: elsewhere } = trackOf(state.id);
  service.handleTrack({ ...elsewhere, isGathered: true, onRtp: expectNobody });
  const { track: camera } = trackOf(state.id);
  service.handleTrack({ ...camera, source: 'camera', onRtp: expectNobody });
  await until(() => early.isHeard && late.isHeard);
  expect(unknown.isHeard).toBe(false);

  early.speak([300]);
  late.speak([400]);
  service.handleTrackEnded(early.track.id);
  expect(early.isHeard).toBe(false);
  service.keepOnly([other.id]);
  expect(late.isHeard).toBe(false);
  // What was heard is brought to its end.
  await until(() => lines.length === 2);
  expect(texts().sort()).toEqual(['300', '400']);
  expect(signals.at(-1)).toBe(null);
  await service.close();
  expect(failures).toEqual([]);
});

test('tells the desk of an ended dialogue until all of it is transcribed', async () => {
  const { service, signals } = serve();
  await service.start();
  const state = liveState();
  service.handleState(state);
  const { track, speak } = trackOf(state.id);
  service.handleTrack(track);
  await new Promise(setImmediate);
  isDead = true;
  speak([300]);
  state.dialogue!.state = 'ended';
  service.handleState(state);
  await until(() => (signals.at(-1) as { state: string } | null)?.state === 'down');
  isDead = false;
  await until(() => signals.at(-1) === null);
  expect(texts()).toEqual(['300']);
  await service.close();
});

describe('an engine that is not there when the server starts', () => {
  const stateOf = (signals: readonly unknown[]) => (signals.at(-1) as { state: string }).state;

  /** Its looks fail with what stands in `fault`. */
  function serveUnseen() {
    const unseen: { fault: string | null } = { fault: 'no such program' };
    const look = () =>
      unseen.fault === null ? Promise.resolve() : Promise.reject(new Error(unseen.fault));
    const told: (string | null)[] = [];
    const onLook = (fault: Error | null) => void told.push(fault && fault.message);
    return { ...serve({ engine: new ToneEngine({ look }), onLook }), unseen, told };
  }

  test('is down at the desk before anybody speaks, until a look finds it', async () => {
    const { service, signals, unseen, told } = serveUnseen();
    await service.start();
    await until(() => told.length === 1);
    service.handleState(liveState());
    expect(signals).toEqual([{ engine: 'tones', state: 'down', behindMs: 0, runs: 0 }]);
    clock.pass(60_000);
    unseen.fault = 'no model';
    await until(() => told.length === 2);
    unseen.fault = null;
    await until(() => stateOf(signals) === 'listening');
    expect(told).toEqual(['no such program', 'no model', null]);
    await service.close();
  });

  test('is there as soon as it hears', async () => {
    const { service, signals, told } = serveUnseen();
    await service.start();
    await until(() => told.length === 1);
    const state = liveState();
    service.handleState(state);
    const { track, speak } = trackOf(state.id);
    service.handleTrack(track);
    await new Promise(setImmediate);
    expect(stateOf(signals)).toBe('down');
    speak([300]);
    await until(() => lines.length === 1 && stateOf(signals) === 'listening');
    expect(told).toEqual(['no such program', null]);
    service.handleTrackEnded(track.id);
    await service.close();
  });
});

test('settles when all is transcribed, or when it takes too long', async () => {
  const { service } = serve();
  await service.start();
  const state = liveState();
  service.handleState(state);
  const { track, speak } = trackOf(state.id);
  service.handleTrack(track);
  await new Promise(setImmediate);
  speak([300]);
  let isSettled = false;
  const late = service.settle(1_000).then(() => (isSettled = true));
  clock.pass(900);
  await new Promise(setImmediate);
  expect(isSettled).toBe(false);
  clock.pass(100);
  await late;
  service.handleTrackEnded(track.id);
  await service.settle(60_000);
  expect(texts()).toEqual(['300']);
  await service.close();
});

test('transcribes late what was said while the engine was away, one run after the other', async () => {
  const { service, signals } = serve();
  await service.start();
  const state = liveState();
  service.handleState(state);
  isDead = true;
  for (const hz of [300, 400, 500]) {
    const { track, speak } = trackOf(state.id);
    service.handleTrack(track);
    await new Promise(setImmediate);
    speak([hz]);
    service.handleTrackEnded(track.id);
  }
  await until(() => (signals.at(-1) as { state: string }).state === 'down');
  expect(lines).toEqual([]);
  clock.pass(20_000);
  isDead = false;
  await until(() => lines.length === 3);
  expect(texts().sort()).toEqual(['300', '400', '500']);
  expect(lines.every(({ isLate }) => isLate)).toBe(true);
  await until(() => (signals.at(-1) as { state: string }).state === 'listening');
  await service.close();
  expect(await unfinishedRuns(dir)).toEqual([]);
});

test('finishes after a restart what it left, and removes what is old', async () => {
  isDead = true;
  const first = serve();
  await first.service.start();
  const state = liveState();
  first.service.handleState(state);
  const { track, speak } = trackOf(state.id);
  first.service.handleTrack(track);
  await new Promise(setImmediate);
  speak([300, 400]);
  await first.service.close();
  expect(await unfinishedRuns(dir)).toHaveLength(1);

  isDead = false;
  const second = serve();
  await second.service.start();
  await until(() => lines.length === 2);
  expect(texts()).toEqual(['300', '400']);
  const { runId } = lines[0]!;
  const name = { dialogueId: state.id, runId };
  expect(await soundOf(dir, name)).toMatchObject({ size: 44 + 64_000 });
  await second.service.close();

  clock = new ManualClock(Date.now() + 31 * 86_400_000);
  // Also where there is no engine any more.
  const third = serve({ engine: null });
  await third.service.start();
  expect(await soundOf(dir, name)).toBe(null);
  await third.service.close();
});

test('keeps nothing while the disk is nearly full, and goes on with another run', async () => {
  let free = 2_000;
  const { service } = serve({ freeBytes: async () => free });
  await service.start();
  const state = liveState();
  service.handleState(state);
  const { track, speak } = trackOf(state.id);
  service.handleTrack(track);
  await new Promise(setImmediate);
  speak([300]);
  free = 500;
  await until(() => failures.length > 0);
  clock.pass(1_000);
  speak([400]);
  free = 2_000;
  clock.pass(6_000);
  await new Promise(setImmediate);
  speak([500]);
  await until(() => lines.length === 2);
  expect(texts()).toEqual(['300', '500']);
  expect(new Set(lines.map(({ runId }) => runId)).size).toBe(2);
  expect(failures.map(String)).toEqual([expect.stringContaining('full')]);
  await service.close();
});

test('does nothing without an engine but say so', async () => {
  const { service, signals } = serve({ engine: null });
  await service.start();
  const state = liveState();
  service.handleState(state);
  const { track } = trackOf(state.id);
  service.handleTrack({ ...track, onRtp: () => expect.fail('nobody listens') });
  expect(signals).toEqual([{ engine: null, state: 'off', behindMs: 0, runs: 0 }]);
  await service.close();
});
