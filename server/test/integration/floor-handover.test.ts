import { randomUUID } from 'node:crypto';
import type { CommandName, CommandPayload } from '@nhip-cau/shared/protocol/commands';
import type { CaptionFact, StageFact } from '@nhip-cau/shared/protocol/facts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DialogueState } from '../../src/dialogue/kernel/state.ts';
import { buildRecord } from '../../src/dialogue/record/record.ts';
import { desiredStage } from '../../src/dialogue/stage/desired.ts';
import { createJournal } from '../../src/store/journal.ts';
import { createTestEngine, TestDialogue, type TestEngine } from '../support/dialogue.ts';

let test: TestEngine & { url: string };

beforeAll(async () => {
  test = await createTestEngine();
});

afterAll(() => test.close());

type Given = { [Name in CommandName]: [Name, CommandPayload<Name>] }[CommandName];

/** A live dialogue: one question heard in hall 1, one on air in hall 2, a hand up in hall 3. */
async function underWay() {
  const dialogue = await TestDialogue.open(test.engine);
  const { host, secretary } = dialogue;
  await dialogue.do(secretary, 'dialogue.start', {});
  const heard = await dialogue.accepted(1);
  await dialogue.do(host, 'floor.call', { questionId: heard });
  const onAir = await dialogue.accepted(2);
  await dialogue.do(host, 'floor.call', { questionId: onAir });
  const waiting = await dialogue.accepted(3);
  const person = await dialogue.joined(3, 'Trần Thị Mười');
  const handId = randomUUID();
  await dialogue.do(person, 'hand.raise', { handId, bridgePointId: person.bridgePointId });
  return { dialogue, heard, onAir, waiting, handId, turnId: await currentTurn(dialogue) };
}

const currentTurn = async (dialogue: TestDialogue) => (await dialogue.state()).currentTurnId!;

/** Every way to give the floor, with the kind of turn that it makes and the hall that speaks. */
const ways: [
  kind: string,
  hall: number | 'central',
  of: (from: Awaited<ReturnType<typeof underWay>>) => Given,
][] = [
  ['question', 3, ({ waiting }) => ['floor.call', { questionId: waiting }]],
  ['hand', 3, ({ handId }) => ['floor.callHand', { handId }]],
  ['reply', 1, ({ heard }) => ['floor.reply', { questionId: heard }]],
  ['host', 'central', ({ onAir }) => ['floor.hostTurn', { questionId: onAir }]],
  ['host', 'central', () => ['floor.hostTurn', {}]],
];

/** The halls on deck for a reply after each of them, by the number in the dialogue. */
const ready: Partial<Record<string, number[]>> = { hand: [2], host: [2] };

/** What a refused command must leave as it is. */
const snapshot = (state: DialogueState) => ({
  seq: state.seq,
  hash: state.hash,
  current: state.currentTurnId,
  turns: [...state.turns.values()].map((turn) => ({ ...turn, clock: { ...turn.clock } })),
  questions: [...state.questions.values()].map(({ id, state: at }) => ({ id, at })),
});

describe('a handover', () => {
  it.each(ways)('to a turn of kind %s (hall %s) is one commit', async (kind, hall, of) => {
    const from = await underWay();
    const { dialogue } = from;
    const before = (await dialogue.state()).seq;
    test.deliveries.length = 0;
    const [name, payload] = of(from);
    await dialogue.do(dialogue.host, name, payload as never);

    const entries = await createJournal(test.db).read(dialogue.id, before);
    expect(new Set(entries.map(({ commandId }) => commandId)).size).toBe(1);
    expect(entries[0]).toMatchObject({
      type: 'turn.ended',
      payload: { turnId: from.turnId, reason: 'handover' },
    });
    expect(entries.filter(({ type }) => type === 'turn.called')).toHaveLength(1);

    const everyone = test.deliveries.filter(({ audience }) => audience === 'everyone');
    expect(everyone).toHaveLength(1);
    const stage = everyone[0]!.puts.find(({ collection }) => collection === 'stage')!;
    const { onAir } = stage.value as StageFact;
    const state = await dialogue.state();
    const central = state.dialogue!.centralBridgePointId;
    const speaks = hall === 'central' ? central : await dialogue.hall(hall);
    expect(onAir).toMatchObject({ kind, state: 'onAir', bridgePointId: speaks });
    expect(onAir!.clock).toEqual({ elapsedMs: 0, runningSince: expect.any(Number) });

    expect(state.questions.get(from.onAir)?.state).toBe('heard');
    const halls = await Promise.all((ready[kind] ?? []).map((number) => dialogue.hall(number)));
    expect(Object.fromEntries(desiredStage(state).feeds)).toEqual({
      ...Object.fromEntries(halls.map((id) => [id, 'onDeck'])),
      [central]: 'onAir',
      [speaks]: 'onAir',
    });
  });

  it.each<[string, (from: Awaited<ReturnType<typeof underWay>>) => Given, string]>([
    ['a question that is on air', ({ onAir }) => ['floor.call', { questionId: onAir }], 'state'],
    ['an unknown question', () => ['floor.call', { questionId: randomUUID() }], 'found'],
    ['an unknown hand', () => ['floor.callHand', { handId: randomUUID() }], 'found'],
    [
      'a reply to what is still on air',
      ({ onAir }) => ['floor.reply', { questionId: onAir }],
      'state',
    ],
    [
      'a reply to what was not heard',
      ({ waiting }) => ['floor.reply', { questionId: waiting }],
      'state',
    ],
    [
      'a reply from an unknown hall',
      ({ heard }) => ['floor.reply', { questionId: heard, bridgePointId: randomUUID() }],
      'found',
    ],
    [
      'the head table on an unknown question',
      () => ['floor.hostTurn', { questionId: randomUUID() }],
      'found',
    ],
  ])('to %s changes nothing', async (_what, of, why) => {
    const from = await underWay();
    const before = snapshot(await from.dialogue.state());
    const [name, payload] = of(from);
    expect(await from.dialogue.send(from.dialogue.host, name, payload as never)).toMatchObject({
      ok: false,
      error: { code: why === 'state' ? 'wrong_state' : 'not_found' },
    });
    expect(snapshot(await from.dialogue.state())).toEqual(before);
  });

  it.each(ways.filter(([kind]) => kind !== 'question'))(
    'to a turn of kind %s that two people give at once is given once',
    async (_kind, _hall, of) => {
      const from = await underWay();
      const { dialogue } = from;
      const [name, payload] = of(from);
      const outcomes = await Promise.all(
        [dialogue.host, dialogue.secretary].map((who) =>
          dialogue.send(who, name, payload as never),
        ),
      );
      expect(outcomes.map(({ ok }) => ok).sort()).toEqual([false, true]);
    },
  );

  it('is not for those who only attend', async () => {
    const from = await underWay();
    const { dialogue } = from;
    const moderator = await dialogue.moderator(3);
    const person = await dialogue.joined(3);
    for (const [, , of] of ways) {
      const [name, payload] = of(from);
      for (const who of [moderator, person]) {
        expect(await dialogue.send(who, name, payload as never)).toMatchObject({
          ok: false,
          error: { code: 'not_allowed' },
        });
      }
    }
  });
});

describe('a reply', () => {
  it('is due after a turn, not after a disposition that was given uncalled', async () => {
    const { dialogue, waiting, heard } = await underWay();
    const disposition = { kind: 'answeredHere' } as const;
    for (const questionId of [waiting, heard]) {
      await dialogue.do(dialogue.host, 'question.dispose', { questionId, disposition });
    }
    expect(
      await dialogue.send(dialogue.host, 'floor.reply', { questionId: waiting }),
    ).toMatchObject({ ok: false, error: { code: 'wrong_state' } });
    await dialogue.do(dialogue.host, 'floor.reply', { questionId: heard });
    const { turns, currentTurnId, questions, dialogue: settings } = await dialogue.state();
    expect(turns.get(currentTurnId!)?.budgetMs).toBe(settings!.rules.replySeconds * 1_000);
    // Its question keeps what was decided.
    expect(questions.get(heard)?.state).toBe('disposed');
  });

  it('can come from another hall that was spoken of, under nobody’s name', async () => {
    const { dialogue, heard } = await underWay();
    const bridgePointId = await dialogue.hall(2);
    await dialogue.do(dialogue.host, 'floor.reply', { questionId: heard, bridgePointId });
    const { puts } = (await test.engine.boards(dialogue.id)).since('everyone', undefined);
    const stage = puts.find(({ collection }) => collection === 'stage')!.value as StageFact;
    expect(stage.onAir).toMatchObject({ kind: 'reply', bridgePointId, asker: null });
    const state = await dialogue.state();
    expect(Object.fromEntries(desiredStage(state).feeds)).toEqual({
      [state.dialogue!.centralBridgePointId]: 'onAir',
      [bridgePointId]: 'onAir',
      [await dialogue.hall(1)]: 'onDeck',
    });
  });
});

describe('the head table’s own turn', () => {
  it('closes the hall’s microphone and leaves its own open, held or not', async () => {
    const { dialogue, onAir } = await underWay();
    await dialogue.do(dialogue.host, 'floor.hostTurn', { questionId: onAir });
    const central = (await dialogue.state()).dialogue!.centralBridgePointId;
    const hall = await dialogue.hall(2);
    const feeds = async () => Object.fromEntries(desiredStage(await dialogue.state()).feeds);
    expect(await feeds()).toEqual({ [central]: 'onAir', [hall]: 'onDeck' });
    const turnId = await currentTurn(dialogue);
    await dialogue.do(dialogue.secretary, 'floor.hold', { turnId, reason: 'person' });
    expect(await feeds()).toEqual({ [central]: 'onAir', [hall]: 'onDeck' });
  });

  it('shows nobody’s words before the city has taken them up, and none that were withdrawn', async () => {
    const { dialogue, waiting } = await underWay();
    const person = await dialogue.joined(1);
    const unread = await dialogue.ask(person, 'Chưa ai đọc câu này');
    expect(
      await dialogue.send(dialogue.host, 'floor.hostTurn', { questionId: unread }),
    ).toMatchObject({ ok: false, error: { code: 'wrong_state' } });

    await dialogue.do(dialogue.host, 'floor.hostTurn', { questionId: waiting });
    const wording = async () => {
      const { puts } = (await test.engine.boards(dialogue.id)).since('everyone', undefined);
      return (puts.find(({ collection }) => collection === 'stage')!.value as StageFact).onAir!
        .wording;
    };
    expect(await wording()).not.toBeNull();
    const { personId, bridgePointId } = (await dialogue.state()).questions.get(waiting)!;
    const asker = {
      kind: 'person',
      dialogueId: dialogue.id,
      personId: personId!,
      bridgePointId,
      sessionId: randomUUID(),
    } as const;
    await dialogue.do(asker, 'question.withdraw', { questionId: waiting });
    expect(await wording()).toBeNull();
  });
});

describe('the record', () => {
  it('says how each turn ended and whose words are whose, for each kind of turn', async () => {
    const from = await underWay();
    const { dialogue, turnId, handId, heard } = from;
    const { host, secretary } = dialogue;
    const say = (text: string) =>
      dialogue.do(secretary, 'transcript.add', { lineId: randomUUID(), text, speaker: 'turn' });
    await say('Tôi xin hỏi');
    await dialogue.do(host, 'floor.callHand', { handId });
    await say('Tôi giơ tay');
    await dialogue.do(host, 'floor.reply', { questionId: heard });
    await say('Tôi xin nói lại');
    await dialogue.do(host, 'floor.hostTurn', { questionId: heard });
    await say('Tôi trả lời');
    await dialogue.do(host, 'floor.end', { turnId: await currentTurn(dialogue) });

    const state = await dialogue.state();
    const captions = [...(await test.engine.boards(dialogue.id)).since('everyone', undefined).puts]
      .filter(({ collection }) => collection === 'caption')
      .map(({ value }) => value as CaptionFact)
      .sort((a, b) => a.position - b.position);
    const asker = 'Nguyễn Thị An';
    expect(captions.map(({ speaker }) => speaker)).toMatchObject([
      { kind: 'turn', bridgePointName: 'Điểm cầu 2', asker },
      { kind: 'turn', bridgePointName: 'Điểm cầu 3', asker: null },
      { kind: 'turn', bridgePointName: 'Điểm cầu 1', asker },
      { kind: 'host' },
    ]);

    const record = buildRecord(state, 'desk', Date.now());
    expect(record.turns.map(({ kind, endReason }) => [kind, endReason])).toEqual([
      ['question', 'handover'],
      ['question', 'handover'],
      ['hand', 'handover'],
      ['reply', 'handover'],
      ['host', 'person'],
    ]);
    expect(record.turns[1]?.id).toBe(turnId);
    // Those who keep the record know whose hand it was; the public does not.
    expect(record.transcript[1]?.speaker).toMatchObject({ asker: 'Trần Thị Mười' });
    const open = buildRecord(state, 'public', Date.now());
    expect(open.transcript[1]?.speaker).toMatchObject({ asker: null });
    expect(open.transcript[3]?.speaker).toEqual({ kind: 'host', name: null });
  });
});
