import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { system } from '../../src/dialogue/kernel/actor.ts';
import {
  maxOpenQuestionsPerPerson,
  maxQuestionsPerPerson,
} from '../../src/dialogue/questions/intake.ts';
import { desiredStage } from '../../src/dialogue/stage/desired.ts';
import { createJournal } from '../../src/store/journal.ts';
import { createTestEngine, TestDialogue, type TestEngine } from '../support/dialogue.ts';

let test: TestEngine;

beforeAll(async () => {
  test = await createTestEngine();
});

afterAll(() => test.close());

async function live() {
  const dialogue = await TestDialogue.open(test.engine);
  await dialogue.do(dialogue.secretary, 'dialogue.start', {});
  return dialogue;
}

const tiers = async (dialogue: TestDialogue) =>
  Object.fromEntries(desiredStage(await dialogue.state()).feeds);

describe('the floor', () => {
  it('goes from the queue over the deck to the air, and every step moves the stage’s media', async () => {
    const dialogue = await live();
    const central = (await dialogue.state()).dialogue!.centralBridgePointId;
    const questionId = await dialogue.accepted(1);
    const hall = await dialogue.hall(1);
    expect(await tiers(dialogue)).toEqual({ [central]: 'onAir' });

    await dialogue.do(dialogue.secretary, 'floor.prepare', { questionId });
    expect(await tiers(dialogue)).toEqual({ [central]: 'onAir', [hall]: 'onDeck' });

    await dialogue.do(dialogue.host, 'floor.call', { questionId });
    expect(await tiers(dialogue)).toEqual({ [central]: 'onAir', [hall]: 'onAir' });

    const { currentTurnId } = await dialogue.state();
    await dialogue.do(await dialogue.moderator(1), 'floor.end', { turnId: currentTurnId! });
    expect(await tiers(dialogue)).toEqual({ [central]: 'onAir', [hall]: 'onDeck' });
    expect((await dialogue.state()).questions.get(questionId)?.state).toBe('heard');
  });

  it('hands over in one step: the old turn ends as the new one begins', async () => {
    const dialogue = await live();
    const [first, second] = [await dialogue.accepted(1), await dialogue.accepted(2)];
    await dialogue.do(dialogue.secretary, 'floor.call', { questionId: first });
    await dialogue.do(dialogue.secretary, 'floor.call', { questionId: second });
    const state = await dialogue.state();
    expect(state.questions.get(first)?.state).toBe('heard');
    expect(state.questions.get(second)?.state).toBe('onAir');
    expect([...state.turns.values()].filter((turn) => turn.state === 'onAir')).toHaveLength(1);
  });

  it('closes a held turn’s microphone until a person resumes it', async () => {
    const dialogue = await live();
    const hall = await dialogue.hall(1);
    const questionId = await dialogue.accepted(1);
    await dialogue.do(dialogue.secretary, 'floor.call', { questionId });
    const turnId = (await dialogue.state()).currentTurnId!;
    await dialogue.do(system, 'floor.hold', { turnId, reason: 'linkLost' });
    expect((await tiers(dialogue))[hall]).toBe('onDeck');
    expect((await dialogue.state()).turns.get(turnId)?.clock.runningSince).toBeNull();
    await dialogue.do(await dialogue.moderator(1), 'floor.resume', { turnId });
    expect((await tiers(dialogue))[hall]).toBe('onAir');
  });

  it('lets nobody but the server say that a link was lost', async () => {
    const dialogue = await live();
    const questionId = await dialogue.accepted(1);
    await dialogue.do(dialogue.secretary, 'floor.call', { questionId });
    const turnId = (await dialogue.state()).currentTurnId!;
    await dialogue.do(dialogue.secretary, 'floor.hold', { turnId, reason: 'linkLost' });
    const held = (await createJournal(test.db).read(dialogue.id, 0)).at(-1);
    expect(held).toMatchObject({ type: 'turn.held', payload: { turnId, reason: 'person' } });
  });

  it('stays closed after a pause: the turn that was on air is held', async () => {
    const dialogue = await live();
    const hall = await dialogue.hall(1);
    const questionId = await dialogue.accepted(1);
    await dialogue.do(dialogue.secretary, 'floor.call', { questionId });
    await dialogue.do(dialogue.secretary, 'dialogue.pause', {});
    await dialogue.do(dialogue.secretary, 'dialogue.resume', {});
    expect((await tiers(dialogue))[hall]).toBe('onDeck');
  });

  it('takes a question off deck back to its place', async () => {
    const dialogue = await live();
    const [first, second] = [await dialogue.accepted(1), await dialogue.accepted(2)];
    await dialogue.do(dialogue.secretary, 'floor.prepare', { questionId: first });
    const turnId = (await dialogue.state()).questions.get(first)!.turnId!;
    await dialogue.do(dialogue.secretary, 'floor.release', { turnId });
    expect((await dialogue.state()).plan.map(({ question }) => question.id)).toEqual([
      first,
      second,
    ]);
  });

  it('is empty after the end, and dispositions can still be given', async () => {
    const dialogue = await live();
    const [first, second] = [await dialogue.accepted(1), await dialogue.accepted(2)];
    await dialogue.do(dialogue.secretary, 'floor.call', { questionId: first });
    await dialogue.do(dialogue.secretary, 'floor.prepare', { questionId: second });
    await dialogue.do(dialogue.secretary, 'dialogue.end', {});
    expect(await tiers(dialogue)).toEqual({});
    for (const questionId of [first, second]) {
      await dialogue.do(dialogue.host, 'question.dispose', {
        questionId,
        disposition: { kind: 'escalated', to: 'Bộ Tài nguyên và Môi trường' },
      });
    }
    const states = [...(await dialogue.state()).questions.values()].map(({ state }) => state);
    expect(states).toEqual(['disposed', 'disposed']);
  });

  it('leaves nothing to do after the end but dispositions and who may read', async () => {
    const dialogue = await live();
    const questionId = await dialogue.accepted(1);
    await dialogue.do(dialogue.secretary, 'dialogue.end', {});
    const outcomes = [
      await dialogue.send(dialogue.secretary, 'question.edit', { questionId, wording: 'khác' }),
      await dialogue.send(dialogue.secretary, 'question.return', { questionId, reason: 'khác' }),
      await dialogue.send(dialogue.secretary, 'bridgePoint.update', {
        bridgePointId: await dialogue.hall(1),
        name: 'khác',
      }),
      await dialogue.send(dialogue.secretary, 'transcript.add', {
        lineId: randomUUID(),
        text: 'khác',
        speaker: 'host',
      }),
    ];
    expect(outcomes.map((outcome) => !outcome.ok && outcome.error.code)).toEqual(
      outcomes.map(() => 'dialogue_not_open'),
    );
  });

  it('keeps a disposition that was given while the turn ran', async () => {
    const dialogue = await live();
    const questionId = await dialogue.accepted(1);
    await dialogue.do(dialogue.host, 'floor.call', { questionId });
    await dialogue.do(dialogue.host, 'question.dispose', {
      questionId,
      disposition: { kind: 'answeredHere' },
    });
    const state = await dialogue.state();
    expect(state.questions.get(questionId)?.state).toBe('onAir');
    await dialogue.do(dialogue.host, 'floor.end', { turnId: state.currentTurnId! });
    expect((await dialogue.state()).questions.get(questionId)?.state).toBe('disposed');
  });
});

describe('the queue', () => {
  it('can be put in any order, over and over', async () => {
    const dialogue = await live();
    const ids = [];
    for (let count = 0; count < 4; count += 1) ids.push(await dialogue.accepted(1));
    const order = async () => (await dialogue.state()).plan.map(({ question }) => question.id);
    for (let round = 0; round < 70; round += 1) {
      const last = (await order()).at(-1)!;
      const second = (await order())[1]!;
      await dialogue.do(dialogue.secretary, 'question.move', {
        questionId: last,
        beforeQuestionId: second,
      });
      expect((await order())[1]).toBe(last);
    }
    expect(new Set(await order())).toEqual(new Set(ids));
  });

  it('tells a hall its place when those before it move', async () => {
    const dialogue = await live();
    const [first] = [await dialogue.accepted(1), await dialogue.accepted(2)];
    const hall = await dialogue.hall(2);
    test.deliveries.length = 0;
    await dialogue.do(dialogue.secretary, 'floor.call', { questionId: first });
    const told = test.deliveries.find(({ audience }) => audience === `bridgePoint:${hall}`);
    expect(told?.puts).toMatchObject([{ collection: 'question', value: { place: 1 } }]);
  });
});

describe('privacy', () => {
  it('tells each audience the asker’s name only as far as the asker agreed', async () => {
    const dialogue = await live();
    const hall = await dialogue.hall(1);
    const person = await dialogue.joined(1, 'Trần Văn Bình');
    for (const nameVisibility of ['public', 'hall', 'desk', 'none'] as const) {
      const questionId = randomUUID();
      test.deliveries.length = 0;
      await dialogue.do(person, 'question.ask', {
        questionId,
        bridgePointId: hall,
        text: 'Xin hỏi',
        field: null,
        nameVisibility,
      });
      await dialogue.do(await dialogue.moderator(1), 'question.forward', { questionId });
      await dialogue.do(dialogue.secretary, 'question.accept', { questionId });
      await dialogue.do(dialogue.secretary, 'floor.call', { questionId });
      const heardBy = new Set(
        test.deliveries
          .filter(({ puts }) => JSON.stringify(puts).includes('Trần Văn Bình'))
          .map(({ audience }) => audience),
      );
      heardBy.delete('host');
      expect([...heardBy].sort()).toEqual(
        {
          public: [`bridgePoint:${hall}`, 'desk', 'everyone', `hall:${hall}`],
          hall: [`bridgePoint:${hall}`, 'desk'],
          desk: ['desk'],
          none: [],
        }[nameVisibility],
      );
      const { currentTurnId } = await dialogue.state();
      await dialogue.do(dialogue.secretary, 'floor.end', { turnId: currentTurnId! });
    }
  });
});

describe('one phone', () => {
  it('cannot fill the log by asking and withdrawing over and over', async () => {
    const dialogue = await live();
    const person = await dialogue.joined(1);
    for (let count = 0; count < maxQuestionsPerPerson; count += 1) {
      await dialogue.do(person, 'question.withdraw', { questionId: await dialogue.ask(person) });
    }
    await expect(dialogue.ask(person)).rejects.toThrow('limit_reached');
  });

  it('cannot have more waiting than its moderator can read', async () => {
    const dialogue = await live();
    const person = await dialogue.joined(1);
    for (let count = 0; count < maxOpenQuestionsPerPerson; count += 1) await dialogue.ask(person);
    await expect(dialogue.ask(person)).rejects.toThrow('limit_reached');
    expect(await dialogue.ask(await dialogue.joined(1))).toBeDefined();
  });
});
