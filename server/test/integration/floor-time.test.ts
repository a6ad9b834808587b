import { timeUpGraceMs } from '@nhip-cau/shared/model/floor';
import type { DialogueRules } from '@nhip-cau/shared/model/session';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { system } from '../../src/dialogue/kernel/actor.ts';
import { desiredStage } from '../../src/dialogue/stage/desired.ts';
import { TurnTimer } from '../../src/dialogue/stage/turn-timer.ts';
import { createTestEngine, TestDialogue, type TestEngine } from '../support/dialogue.ts';
import { ManualClock } from '../support/manual-clock.ts';

const second = 1_000;
let clock: ManualClock;
let test: TestEngine & { url: string };

beforeAll(async () => {
  clock = new ManualClock(1_800_000_000_000);
  test = await createTestEngine(undefined, () => clock.now());
});

afterAll(() => test.close());

/** A live dialogue under these rules; a turn's time is 60 s unless said otherwise. */
async function live(rules: Partial<DialogueRules> = {}, turnSeconds = 60) {
  const dialogue = await TestDialogue.open(test.engine);
  await dialogue.do(dialogue.secretary, 'dialogue.configure', { turnSeconds, rules });
  await dialogue.do(dialogue.secretary, 'dialogue.start', {});
  return dialogue;
}

async function called(dialogue: TestDialogue, hall = 1) {
  const questionId = await dialogue.accepted(hall);
  await dialogue.do(dialogue.host, 'floor.call', { questionId });
  return (await dialogue.state()).currentTurnId!;
}

const turnOf = async (dialogue: TestDialogue, turnId: string) =>
  (await dialogue.state()).turns.get(turnId)!;

describe('a turn’s clock', () => {
  it('is right to the ms over an interruption, a lost link and their resumptions', async () => {
    const dialogue = await live();
    const turnId = await called(dialogue);
    const calledAt = clock.now();
    clock.pass(12_345);
    await dialogue.do(dialogue.host, 'floor.hold', { turnId, reason: 'person' });
    expect(await turnOf(dialogue, turnId)).toMatchObject({
      state: 'held',
      heldReason: 'person',
      clock: { elapsedMs: 12_345, runningSince: null },
    });
    clock.pass(99_999);
    await dialogue.do(dialogue.secretary, 'floor.resume', { turnId });
    clock.pass(7_001);
    await dialogue.do(system, 'floor.hold', { turnId, reason: 'linkLost' });
    expect(await turnOf(dialogue, turnId)).toMatchObject({
      heldReason: 'linkLost',
      clock: { elapsedMs: 19_346, runningSince: null },
    });
    clock.pass(31);
    await dialogue.do(await dialogue.moderator(1), 'floor.resume', { turnId });
    const resumedAt = clock.now();
    expect(await turnOf(dialogue, turnId)).toMatchObject({
      calledAt,
      heldReason: null,
      clock: { elapsedMs: 19_346, runningSince: resumedAt },
    });
    clock.pass(654);
    await dialogue.do(dialogue.host, 'floor.end', { turnId });
    expect(await turnOf(dialogue, turnId)).toMatchObject({
      state: 'ended',
      endReason: 'person',
      endedAt: clock.now(),
      clock: { elapsedMs: 20_000, runningSince: null },
    });
  });

  it('gives an interrupted turn back by those who took it, not by its hall', async () => {
    const dialogue = await live();
    const turnId = await called(dialogue);
    await dialogue.do(dialogue.host, 'floor.hold', { turnId, reason: 'person' });
    const moderator = await dialogue.moderator(1);
    expect(await dialogue.send(moderator, 'floor.resume', { turnId })).toMatchObject({
      ok: false,
      error: { code: 'wrong_state' },
    });
    await dialogue.do(dialogue.host, 'floor.resume', { turnId });
  });

  it('interrupted while its link is gone, is no longer its hall’s to resume', async () => {
    const dialogue = await live();
    const turnId = await called(dialogue);
    clock.pass(5_000);
    await dialogue.do(system, 'floor.hold', { turnId, reason: 'linkLost' });
    clock.pass(1_000);
    const hold = { turnId, reason: 'person' } as const;
    const refused = { ok: false, error: { code: 'wrong_state' } };
    await dialogue.do(dialogue.host, 'floor.hold', hold);
    expect(await turnOf(dialogue, turnId)).toMatchObject({
      state: 'held',
      heldReason: 'person',
      clock: { elapsedMs: 5_000, runningSince: null },
    });
    const linkLost = { turnId, reason: 'linkLost' } as const;
    expect(await dialogue.send(dialogue.host, 'floor.hold', hold)).toMatchObject(refused);
    expect(await dialogue.send(system, 'floor.hold', linkLost)).toMatchObject(refused);
    const moderator = await dialogue.moderator(1);
    expect(await dialogue.send(moderator, 'floor.resume', { turnId })).toMatchObject(refused);
    await dialogue.do(dialogue.host, 'floor.resume', { turnId });
  });

  it('is extended within limits, and an extension is taken back by as much less', async () => {
    const dialogue = await live();
    const turnId = await called(dialogue);
    const extend = (seconds: number) =>
      dialogue.send(dialogue.secretary, 'floor.extend', { turnId, seconds });
    expect(await extend(60)).toMatchObject({ ok: true });
    expect(await turnOf(dialogue, turnId)).toMatchObject({ budgetMs: 120_000, extendedMs: 60_000 });
    expect(await extend(-60)).toMatchObject({ ok: true });
    expect(await turnOf(dialogue, turnId)).toMatchObject({ budgetMs: 60_000, extendedMs: 0 });
    for (const seconds of [-51, -1_800]) {
      expect(await extend(seconds)).toMatchObject({ ok: false, error: { code: 'limit_reached' } });
    }
    for (let hours = 0; hours < 3.5; hours += 0.5) await extend(1_800);
    expect(await extend(1_800)).toMatchObject({ ok: false, error: { code: 'limit_reached' } });
    await dialogue.do(dialogue.host, 'floor.end', { turnId });
    expect(await extend(60)).toMatchObject({ ok: false, error: { code: 'wrong_state' } });
  });

  it('has what is left of its district’s time, the turn that is ended for it counted', async () => {
    const dialogue = await live({ districtSeconds: 100 });
    // Hall 1 is alone in its district, so both turns are of it.
    const first = await called(dialogue);
    expect((await turnOf(dialogue, first)).budgetMs).toBe(60_000);
    clock.pass(55 * second);
    const later = await called(dialogue);
    expect(await turnOf(dialogue, later)).toMatchObject({
      budgetMs: 45_000,
      districtSpokenMs: 55_000,
    });
    expect((await turnOf(dialogue, first)).endReason).toBe('handover');
    clock.pass(50 * second);
    // Over the district's time: still as much as an answer needs.
    expect((await turnOf(dialogue, await called(dialogue))).budgetMs).toBe(30_000);
    // Another district has all of its own.
    expect((await turnOf(dialogue, await called(dialogue, 2))).budgetMs).toBe(60_000);
  });

  it('counts what the district said while a question waited on deck', async () => {
    const dialogue = await live({ districtSeconds: 100 });
    const waiting = await dialogue.accepted(1);
    await dialogue.do(dialogue.secretary, 'floor.prepare', { questionId: waiting });
    const speaking = await called(dialogue);
    clock.pass(60 * second);
    await dialogue.do(dialogue.host, 'floor.end', { turnId: speaking });
    await dialogue.do(dialogue.host, 'floor.call', { questionId: waiting });
    const { currentTurnId } = await dialogue.state();
    expect((await turnOf(dialogue, currentTurnId!)).budgetMs).toBe(40_000);
  });
});

describe('the turn timer', () => {
  let timer: TurnTimer;
  let errors: unknown[];

  /** A timer over an engine, as the server has it; its commands are real commits. */
  const timerOver = ({ engine }: TestEngine) => {
    const made = new TurnTimer(engine, (error) => errors.push(error), clock);
    engine.onCommitted((state) => made.handleState(state));
    return made;
  };

  /** Resolves when what the timer sent is committed or refused. */
  const settled = async (dialogue: TestDialogue) => {
    // A command behind it in the same lane is answered after it.
    await dialogue.send(dialogue.secretary, 'hand.lower', { handId: dialogue.id });
  };

  beforeEach(() => {
    errors = [];
    timer?.close();
    timer = timerOver(test);
  });

  afterAll(() => timer.close());

  it('ends a turn by the clock, closes its microphone and hands the floor to nobody', async () => {
    const dialogue = await live({ timeUp: 'end' });
    await dialogue.accepted(2);
    const turnId = await called(dialogue);
    clock.pass(60 * second + timeUpGraceMs - 1);
    await settled(dialogue);
    expect((await turnOf(dialogue, turnId)).state).toBe('onAir');
    clock.pass(1);
    await settled(dialogue);
    expect(await turnOf(dialogue, turnId)).toMatchObject({ state: 'ended', endReason: 'timeUp' });
    const state = await dialogue.state();
    expect(state.currentTurnId).toBeNull();
    const central = state.dialogue!.centralBridgePointId;
    expect(Object.fromEntries(desiredStage(state).feeds)).toEqual({
      [central]: 'onAir',
      [state.turns.get(turnId)!.bridgePointId]: 'onDeck',
    });
    expect(errors).toEqual([]);
  });

  it('leaves a turn alone where the rules only warn', async () => {
    const dialogue = await live({ timeUp: 'warn' });
    const turnId = await called(dialogue);
    clock.pass(3_600 * second);
    await settled(dialogue);
    expect((await turnOf(dialogue, turnId)).state).toBe('onAir');
  });

  it('follows an extension, a hold and a resumption, and every kind of turn', async () => {
    const dialogue = await live({ timeUp: 'end', replySeconds: 20, hostSeconds: 30 });
    const turnId = await called(dialogue);
    clock.pass(40 * second);
    await dialogue.do(dialogue.host, 'floor.extend', { turnId, seconds: 60 });
    await dialogue.do(dialogue.host, 'floor.hold', { turnId, reason: 'person' });
    clock.pass(3_600 * second);
    await settled(dialogue);
    expect((await turnOf(dialogue, turnId)).state).toBe('held');
    await dialogue.do(dialogue.host, 'floor.resume', { turnId });
    clock.pass(80 * second + timeUpGraceMs - 1);
    await settled(dialogue);
    expect((await turnOf(dialogue, turnId)).state).toBe('onAir');
    clock.pass(1);
    await settled(dialogue);
    expect((await turnOf(dialogue, turnId)).endReason).toBe('timeUp');

    const { questionId } = await turnOf(dialogue, turnId);
    for (const [name, seconds] of [
      ['floor.reply', 20],
      ['floor.hostTurn', 30],
    ] as const) {
      await dialogue.do(dialogue.host, name, { questionId: questionId! });
      const { currentTurnId } = await dialogue.state();
      clock.pass(seconds * second + timeUpGraceMs);
      await settled(dialogue);
      expect((await turnOf(dialogue, currentTurnId!)).endReason).toBe('timeUp');
    }
    expect(errors).toEqual([]);
  });

  it('never ends a turn that got more time, or another turn, at the last moment', async () => {
    const dialogue = await live({ timeUp: 'end' });
    const turnId = await called(dialogue);
    clock.pass(60 * second + timeUpGraceMs - 1);
    // In one batch: what a person does a moment before, and what the timer sends.
    const extended = dialogue.send(dialogue.host, 'floor.extend', { turnId, seconds: 30 });
    clock.pass(1);
    expect(await extended).toMatchObject({ ok: true });
    await settled(dialogue);
    expect((await turnOf(dialogue, turnId)).state).toBe('onAir');

    clock.pass(30 * second - 1);
    const next = await dialogue.accepted(2);
    const handedOver = dialogue.send(dialogue.host, 'floor.call', { questionId: next });
    clock.pass(1);
    expect(await handedOver).toMatchObject({ ok: true });
    await settled(dialogue);
    const state = await dialogue.state();
    expect(state.turns.get(turnId)?.endReason).toBe('handover');
    expect(state.turns.get(state.currentTurnId!)?.state).toBe('onAir');
    expect(errors).toEqual([]);
  });

  it('goes on after a restart from the log alone', async () => {
    const dialogue = await live({ timeUp: 'end' });
    const turnId = await called(dialogue);
    timer.close();
    clock.pass(50 * second);
    const restarted = await createTestEngine(test.url, () => clock.now());
    try {
      const again = timerOver(restarted);
      const there = new TestDialogue(restarted.engine);
      Object.assign(there, { id: dialogue.id, secretary: dialogue.secretary });
      // As when the first visitor is admitted.
      again.handleState(await there.state());
      clock.pass(10 * second + timeUpGraceMs - 1);
      await settled(there);
      expect((await turnOf(there, turnId)).state).toBe('onAir');
      clock.pass(1);
      await settled(there);
      expect((await turnOf(there, turnId)).endReason).toBe('timeUp');
      again.close();
    } finally {
      await restarted.close();
    }
  });

  it('is the only one who can say that time was up', async () => {
    const dialogue = await live({ timeUp: 'end' });
    const turnId = await called(dialogue);
    const early = await dialogue.send(system, 'floor.end', { turnId, reason: 'timeUp' });
    expect(early).toMatchObject({ ok: false, error: { code: 'wrong_state' } });
    await dialogue.do(dialogue.host, 'floor.end', { turnId, reason: 'timeUp' });
    expect((await turnOf(dialogue, turnId)).endReason).toBe('person');
  });
});
