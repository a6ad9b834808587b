import { randomUUID } from 'node:crypto';
import type { Audience } from '@nhip-cau/shared/model/audience';
import { inOrder } from '@nhip-cau/shared/model/order';
import type { CommandName, CommandPayload } from '@nhip-cau/shared/protocol/commands';
import type {
  DeskQuestionFact,
  HallQuestionFact,
  OwnQuestionFact,
  PeerQuestionFact,
  PlaceFact,
} from '@nhip-cau/shared/protocol/facts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildFairness } from '../../src/dialogue/fairness/report.ts';
import { type Actor, system } from '../../src/dialogue/kernel/actor.ts';
import { Aggregate } from '../../src/dialogue/kernel/aggregate.ts';
import type { Boards } from '../../src/dialogue/kernel/boards.ts';
import type { Question } from '../../src/dialogue/kernel/state.ts';
import { maxSupportsPerPerson } from '../../src/dialogue/questions/support.ts';
import { createJournal } from '../../src/store/journal.ts';
import { createLogReader } from '../../src/store/log-reader.ts';
import { createTestEngine, TestDialogue, type TestEngine } from '../support/dialogue.ts';

let engine: TestEngine;
let dialogue: TestDialogue;

beforeAll(async () => {
  engine = await createTestEngine();
});
beforeEach(async () => {
  dialogue = await TestDialogue.open(engine.engine, 6);
});
// What is kept up to date from commit to commit is what the log gives, however it came about.
afterEach(async () => {
  const fresh = new Aggregate(dialogue.id);
  fresh.restore(await createJournal(engine.db).read(dialogue.id, 0));
  const boards = await engine.engine.boards(dialogue.id);
  for (const audience of ['everyone', 'desk', 'host'] as const) {
    expect(presentOn(boards, audience)).toEqual(presentOn(fresh.boards, audience));
  }
});
afterAll(() => engine.close());

/** What stands on a board now, by collection and id. */
const presentOn = (boards: Boards, audience: Audience) =>
  new Map(
    boards
      .since(audience, undefined)
      .puts.map(({ collection, id, value }) => [`${collection}:${id}`, value]),
  );

/** What that audience is told now of that thing. */
async function told<Fact>(audience: Audience, collection: string, id: string): Promise<Fact> {
  const boards = await engine.engine.boards(dialogue.id);
  const put = boards
    .since(audience, undefined)
    .puts.find((one) => one.collection === collection && one.id === id);
  return (put?.value ?? null) as Fact;
}

const desk = (id: string) => told<DeskQuestionFact>('desk', 'question', id);
const order = async () => {
  const { puts } = (await engine.engine.boards(dialogue.id)).since('desk', undefined);
  const places = puts.filter(({ collection }) => collection === 'place');
  return inOrder(places.map(({ value }) => value as PlaceFact)).map(({ id }) => id);
};

/** A question that its hall's moderator has sent on, and its asker. */
async function forwarded(hall: number, text?: string) {
  const person = await dialogue.joined(hall);
  const questionId = await dialogue.ask(person, text);
  await dialogue.do(await dialogue.moderator(hall), 'question.forward', {
    questionId,
  });
  return { questionId, person };
}

async function row(questionId: string): Promise<Question> {
  return structuredClone((await dialogue.state()).questions.get(questionId)!);
}

async function refusal<Name extends CommandName>(
  actor: Actor,
  name: Name,
  payload: CommandPayload<Name>,
) {
  const outcome = await dialogue.send(actor, name, payload);
  return outcome.ok ? null : outcome.error;
}

describe('questions of several wards that say the same', () => {
  async function merged() {
    const lead = await forwarded(1, 'Bao giờ có nước sạch?');
    const [near, far] = [await forwarded(2), await forwarded(3)];
    for (const { questionId } of [near, far]) {
      const into = { questionId, intoQuestionId: lead.questionId };
      await dialogue.do(dialogue.secretary, 'question.merge', into);
    }
    return { lead, near, far };
  }

  test('become one that every asker and every hall follows to its end', async () => {
    const { lead, near, far } = await merged();
    const follows = async (state: string) => {
      for (const { questionId, person } of [near, far]) {
        const own = await told<OwnQuestionFact>(
          `person:${person.personId}`,
          'question',
          questionId,
        );
        const hall = `bridgePoint:${person.bridgePointId}` as const;
        const its = await told<HallQuestionFact>(hall, 'question', questionId);
        for (const fact of [own, its]) {
          expect(fact).toMatchObject({
            state: 'merged',
            lead: { id: lead.questionId, state },
          });
        }
      }
    };
    await follows('forwarded');
    expect(await desk(lead.questionId)).toMatchObject({
      supporters: 2,
      mergedIds: [near.questionId, far.questionId],
    });
    const { secretary, host } = dialogue;
    await dialogue.do(secretary, 'question.accept', {
      questionId: lead.questionId,
    });
    await follows('accepted');
    expect(await order()).toEqual([lead.questionId]);
    await dialogue.do(secretary, 'dialogue.start', {});
    await dialogue.do(host, 'floor.call', { questionId: lead.questionId });
    await follows('onAir');
    const turnId = (await dialogue.state()).currentTurnId!;
    const disposition = { kind: 'answeredHere' } as const;
    await dialogue.do(host, 'question.dispose', {
      questionId: lead.questionId,
      disposition,
    });
    await dialogue.do(host, 'floor.end', { turnId });
    await follows('disposed');
  });

  test('are followed through a second merge too', async () => {
    const { lead, far } = await merged();
    const other = await forwarded(4);
    const into = {
      questionId: lead.questionId,
      intoQuestionId: other.questionId,
    };
    await dialogue.do(dialogue.secretary, 'question.merge', into);
    await dialogue.do(dialogue.secretary, 'question.accept', {
      questionId: other.questionId,
    });
    expect(
      await told<OwnQuestionFact>(`person:${far.person.personId}`, 'question', far.questionId),
    ).toMatchObject({
      lead: { id: other.questionId, state: 'accepted', place: 1 },
    });
    expect(await desk(other.questionId)).toMatchObject({ supporters: 3 });
  });

  test('are separate again when that was wrong, each where it was', async () => {
    const lead = await forwarded(1);
    const accepted = await dialogue.accepted(2);
    const before = await row(accepted);
    const into = { questionId: accepted, intoQuestionId: lead.questionId };
    await dialogue.do(dialogue.secretary, 'question.merge', into);
    await dialogue.do(dialogue.secretary, 'question.unmerge', {
      questionId: accepted,
    });
    expect(await row(accepted)).toEqual(before);
    expect(await desk(lead.questionId)).toMatchObject({
      supporters: 0,
      mergedIds: [],
    });
    expect(await order()).toEqual([accepted]);
  });

  test('are free again when the one they were put to is withdrawn', async () => {
    const { lead, near, far } = await merged();
    await dialogue.do(lead.person, 'question.withdraw', {
      questionId: lead.questionId,
    });
    for (const { questionId } of [near, far]) {
      expect(await row(questionId)).toMatchObject({
        state: 'forwarded',
        mergedInto: null,
      });
    }
    expect(await row(lead.questionId)).toMatchObject({ state: 'withdrawn' });
  });

  test('are free again when the one they were put to is returned, its reason its own', async () => {
    const { lead, near, far } = await merged();
    const { secretary } = dialogue;
    const [questionId, reason] = [lead.questionId, 'Ông Bình không có mặt'];
    await dialogue.do(secretary, 'question.return', { questionId, reason });
    const state = await dialogue.state();
    expect(await told('desk', 'counts', dialogue.id)).toMatchObject({
      incoming: 2,
      owed: 2,
      returned: 1,
    });
    expect(buildFairness(state, [], 'desk', Date.now()).totals).toMatchObject({
      questions: 2,
      waiting: 2,
      settled: 0,
    });
    const boards = await engine.engine.boards(dialogue.id);
    for (const { questionId: id, person } of [near, far]) {
      expect(await row(id)).toMatchObject({
        state: 'forwarded',
        mergedInto: null,
      });
      for (const audience of [
        `person:${person.personId}`,
        `bridgePoint:${person.bridgePointId}`,
      ] as const) {
        expect(JSON.stringify(boards.since(audience, undefined).puts)).not.toContain(reason);
      }
    }
    await dialogue.do(secretary, 'question.unreturn', { questionId });
    expect(await desk(questionId)).toMatchObject({
      state: 'forwarded',
      mergedIds: [],
    });
  });

  test('are free again when their hall returns the one it put them to', async () => {
    const [one, two] = [await dialogue.joined(1), await dialogue.joined(1)];
    const [questionId, part] = [await dialogue.ask(one), await dialogue.ask(two)];
    const moderator = await dialogue.moderator(1);
    await dialogue.do(moderator, 'question.merge', {
      questionId: part,
      intoQuestionId: questionId,
    });
    await dialogue.do(moderator, 'question.return', {
      questionId,
      reason: 'Đã trả lời',
    });
    expect(await row(part)).toMatchObject({ state: 'asked', mergedInto: null });
  });

  test('a moderator learns nothing of other halls’ by putting an own one to them', async () => {
    const moderator = await dialogue.moderator(1);
    const questionId = await dialogue.ask(await dialogue.joined(1));
    const { questionId: returned } = await forwarded(2);
    const reason = 'Chưa rõ';
    await dialogue.do(dialogue.secretary, 'question.return', {
      questionId: returned,
      reason,
    });
    for (const intoQuestionId of [returned, randomUUID()]) {
      expect(
        await refusal(moderator, 'question.merge', {
          questionId,
          intoQuestionId,
        }),
      ).toEqual({
        code: 'not_found',
        details: { kind: 'question', id: intoQuestionId },
      });
    }
  });

  test('one that others were put to is not taken back to its hall, out of the city’s sight', async () => {
    const { lead, near, far } = await merged();
    const moderator = await dialogue.moderator(1);
    const recall = { questionId: lead.questionId };
    expect(await refusal(moderator, 'question.recall', recall)).toMatchObject({
      code: 'wrong_state',
    });
    for (const { questionId } of [near, far]) {
      await dialogue.do(dialogue.secretary, 'question.unmerge', { questionId });
    }
    expect(await refusal(moderator, 'question.recall', recall)).toBeNull();
  });

  test('never make a circle', async () => {
    const { lead, near } = await merged();
    const into = {
      questionId: lead.questionId,
      intoQuestionId: near.questionId,
    };
    expect(await refusal(dialogue.secretary, 'question.merge', into)).toMatchObject({
      code: 'wrong_state',
      details: { state: 'merged' },
    });
  });
});

describe('a question that came past its hall’s moderator', () => {
  const open = {
    text: 'Đường ngập nước',
    field: null,
    asker: 'Trần Văn Bình',
  } as const;
  const ways: [string, (questionId: string, bridgePointId: string) => Promise<unknown>][] = [
    [
      'by the public form',
      async (questionId, bridgePointId) => {
        await dialogue.do(dialogue.secretary, 'dialogue.configure', {
          rules: { publicForm: true },
        });
        const asked = {
          questionId,
          bridgePointId,
          ...open,
          nameVisibility: 'public',
        } as const;
        await dialogue.do(system, 'question.receive', asked);
      },
    ],
    [
      'by a list',
      (questionId, bridgePointId) => {
        const asked = {
          questionId,
          bridgePointId,
          ...open,
          nameVisibility: 'public',
        } as const;
        return dialogue.do(dialogue.secretary, 'question.import', {
          questions: [asked],
        });
      },
    ],
  ];

  test.each(ways)('%s is shown to the hall once the city has accepted it', async (_name, send) => {
    const [questionId, neighbour] = [randomUUID(), await dialogue.joined(2)];
    await send(questionId, neighbour.bridgePointId);
    const peer = () =>
      told<PeerQuestionFact>(`hall:${neighbour.bridgePointId}`, 'question', questionId);
    const support = () =>
      refusal(neighbour, 'question.support', {
        questionId,
        supportId: randomUUID(),
      });
    expect(await row(questionId)).toMatchObject({ state: 'forwarded' });
    expect(await peer()).toBeNull();
    expect(await support()).toMatchObject({ code: 'wrong_state' });
    await dialogue.do(dialogue.secretary, 'question.accept', { questionId });
    expect(await peer()).toMatchObject({
      wording: open.text,
      asker: open.asker,
    });
    expect(await support()).toBeNull();
    await dialogue.do(dialogue.secretary, 'question.unaccept', {
      questionId,
    });
    expect(await peer()).toBeNull();
  });
});

describe('many at once', () => {
  test('all or nothing: those that stand in the way are named', async () => {
    const [one, two] = [await forwarded(1), await forwarded(2)];
    const accepted = await dialogue.accepted(3);
    const { secretary } = dialogue;
    const questionIds = [one.questionId, accepted, two.questionId];
    expect(
      await refusal(secretary, 'question.bulk', {
        questionIds,
        action: { name: 'accept' },
      }),
    ).toMatchObject({
      code: 'wrong_state',
      details: { questionIds: [accepted] },
    });
    expect(await row(one.questionId)).toMatchObject({ state: 'forwarded' });
    const rest = [one.questionId, two.questionId];
    await dialogue.do(secretary, 'question.bulk', {
      questionIds: rest,
      action: { name: 'accept' },
    });
    expect(await order()).toHaveLength(3);
    await dialogue.do(secretary, 'question.bulk', {
      questionIds: rest,
      action: { name: 'unaccept' },
    });
    expect(await order()).toEqual([accepted]);
  });

  test('a moderator changes only what is the own hall’s, and not by way of many', async () => {
    const [one, two] = [await forwarded(1), await forwarded(2)];
    const moderator = await dialogue.moderator(1);
    const recall = (questionIds: string[]) => ({
      questionIds,
      action: { name: 'recall' as const },
    });
    const both = recall([one.questionId, two.questionId]);
    expect(await refusal(moderator, 'question.bulk', both)).toMatchObject({
      code: 'not_allowed',
    });
    const accept = {
      questionIds: [one.questionId],
      action: { name: 'accept' as const },
    };
    expect(await refusal(moderator, 'question.bulk', accept)).toMatchObject({
      code: 'not_allowed',
    });
    expect(await refusal(moderator, 'question.bulk', recall([one.questionId]))).toBeNull();
  });
});

describe('what is taken back stands exactly as before', () => {
  const outside = { kind: 'outside', reason: 'Không thuộc nội dung' } as const;
  const cases: [string, 'forwarded' | 'accepted', CommandName, object, CommandName][] = [
    ['a return', 'forwarded', 'question.return', { reason: 'Chưa rõ' }, 'question.unreturn'],
    [
      'a return from the queue',
      'accepted',
      'question.return',
      { reason: 'x' },
      'question.unreturn',
    ],
    ['an acceptance', 'forwarded', 'question.accept', {}, 'question.unaccept'],
    [
      'a disposition',
      'forwarded',
      'question.dispose',
      { disposition: outside },
      'question.undispose',
    ],
    [
      'one in the queue',
      'accepted',
      'question.dispose',
      { disposition: outside },
      'question.undispose',
    ],
  ];

  test.each(cases)('%s of what was %s', async (_name, state, name, payload, back) => {
    const questionId =
      state === 'accepted' ? await dialogue.accepted(1) : (await forwarded(1)).questionId;
    if (state === 'accepted') {
      const beforeQuestionId = await dialogue.accepted(2);
      await dialogue.do(dialogue.secretary, 'question.move', {
        questionId,
        beforeQuestionId,
      });
    }
    const [before, placed] = [await row(questionId), await order()];
    await dialogue.do(dialogue.secretary, name, {
      questionId,
      ...payload,
    } as never);
    expect(await row(questionId)).not.toEqual(before);
    await dialogue.do(dialogue.secretary, back, { questionId } as never);
    expect(await row(questionId)).toEqual(before);
    expect(await order()).toEqual(placed);
  });

  test('a pinned question that was merged, or waited on deck', async () => {
    const [questionId, beforeQuestionId] = [await dialogue.accepted(1), await dialogue.accepted(2)];
    const third = await dialogue.accepted(3);
    const { secretary } = dialogue;
    const move = { questionId: third, beforeQuestionId, reason: 'Chủ trì yêu cầu' };
    await dialogue.do(secretary, 'question.move', move);
    const [before, placed] = [await row(third), await order()];
    expect(placed).toEqual([questionId, third, beforeQuestionId]);
    const into = { questionId: third, intoQuestionId: questionId };
    await dialogue.do(secretary, 'question.merge', into);
    expect(await order()).toEqual([questionId, beforeQuestionId]);
    await dialogue.do(secretary, 'question.unmerge', { questionId: third });
    expect([await row(third), await order()]).toEqual([before, placed]);
    await dialogue.do(secretary, 'dialogue.start', {});
    await dialogue.do(secretary, 'floor.prepare', { questionId: third });
    const [turnId] = (await dialogue.state()).onDeckTurnIds;
    await dialogue.do(secretary, 'floor.release', { turnId: turnId! });
    expect([await row(third), await order()]).toEqual([before, placed]);
    await dialogue.do(dialogue.host, 'floor.call', { questionId: third });
    expect(await row(third)).toMatchObject({ state: 'onAir', pin: null });
  });

  test('a question that its hall recalled and sent on again: it has waited all the time', async () => {
    const { questionId } = await forwarded(1);
    const { forwardedAt } = await row(questionId);
    const moderator = await dialogue.moderator(1);
    await dialogue.do(moderator, 'question.recall', { questionId });
    expect(await row(questionId)).toMatchObject({ state: 'asked', forwardedAt: null });
    // Until another time could be written.
    while (Date.now() === forwardedAt) await new Promise(setImmediate);
    await dialogue.do(moderator, 'question.forward', { questionId });
    expect(await row(questionId)).toMatchObject({ state: 'forwarded', forwardedAt });
  });

  test('and what comes anew has left its pin behind', async () => {
    const [questionId, other] = [await dialogue.accepted(1), await dialogue.accepted(2)];
    const { secretary } = dialogue;
    await dialogue.do(secretary, 'question.move', {
      questionId,
      beforeQuestionId: other,
    });
    await dialogue.do(secretary, 'question.return', {
      questionId,
      reason: 'Nêu cụ thể hơn',
    });
    await dialogue.do(await dialogue.moderator(1), 'question.forward', {
      questionId,
    });
    await dialogue.do(secretary, 'question.accept', { questionId });
    expect(await row(questionId)).toMatchObject({
      state: 'accepted',
      pin: null,
    });
  });
});

describe('the order', () => {
  test('is changed by hand with who and why, in the log and on the desk', async () => {
    const [first, , third] = [
      await dialogue.accepted(1),
      await dialogue.accepted(2),
      await dialogue.accepted(3),
    ];
    expect((await order())[0]).toBe(first);
    const { secretary } = dialogue;
    const reason = 'Chủ trì yêu cầu';
    await dialogue.do(secretary, 'question.move', {
      questionId: third,
      beforeQuestionId: first,
      reason,
    });
    expect((await order()).slice(0, 2)).toEqual([third, first]);
    expect(await desk(third)).toMatchObject({ pin: { by: 'Thư ký', reason } });
    const entries = await createLogReader(engine.db).readEntries(dialogue.id, {
      types: ['question.pinned'],
    });
    expect(entries).toMatchObject([
      {
        payload: { questionId: third, due: 0, reason },
        actor: { role: 'secretary', id: secretary.accountId, name: 'Thư ký' },
      },
    ]);
    await dialogue.do(secretary, 'question.unpin', { questionId: third });
    expect((await order())[0]).toBe(first);
  });

  test('is changed by hand on top of what the same commit changed before', async () => {
    const { secretary, host } = dialogue;
    await dialogue.do(secretary, 'dialogue.start', {});
    for (let hall = 1; hall <= 6; hall += 1) await dialogue.accepted(hall);
    const [called, second, third, fourth, fifth, sixth] = (await order()) as [string, ...string[]];
    const move = (questionId: string, beforeQuestionId: string) =>
      dialogue.send(secretary, 'question.move', {
        questionId,
        beforeQuestionId,
      });
    const outcomes = await Promise.all([
      dialogue.send(host, 'floor.call', { questionId: called }),
      move(fifth!, second!),
      move(sixth!, fifth!),
    ]);
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    const now = [sixth, fifth, second, third, fourth];
    expect(await order()).toEqual(now);
    for (const [index, id] of now.entries()) {
      const { bridgePointId } = await row(id!);
      expect(
        await told<HallQuestionFact>(`bridgePoint:${bridgePointId}`, 'question', id!),
      ).toMatchObject({ place: index + 1 });
    }
  });

  test('heeds how many stand behind a question', async () => {
    const first = await dialogue.accepted(1);
    const second = await dialogue.accepted(1);
    expect(await order()).toEqual([first, second]);
    const neighbour = await dialogue.joined(1);
    const supportId = randomUUID();
    await dialogue.do(neighbour, 'question.support', {
      questionId: second,
      supportId,
    });
    expect(await desk(second)).toMatchObject({ supporters: 1 });
    expect(await order()).toEqual([second, first]);
    await dialogue.do(neighbour, 'question.unsupport', { supportId });
    expect(await order()).toEqual([first, second]);
  });

  test('is not moved without end by one person who comes and goes', async () => {
    const questionId = await dialogue.accepted(1);
    const neighbour = await dialogue.joined(1);
    const round = () => {
      const supportId = randomUUID();
      return [
        dialogue.send(neighbour, 'question.support', { questionId, supportId }),
        dialogue.send(neighbour, 'question.unsupport', { supportId }),
      ];
    };
    const outcomes = await Promise.all(Array.from({ length: maxSupportsPerPerson }, round).flat());
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    const more = { questionId, supportId: randomUUID() };
    expect(await refusal(neighbour, 'question.support', more)).toEqual({
      code: 'limit_reached',
      details: { limit: maxSupportsPerPerson },
    });
    const other = await dialogue.joined(1);
    expect(await refusal(other, 'question.support', more)).toBeNull();
  });

  test('tells no place any more once the dialogue is over', async () => {
    const { secretary } = dialogue;
    await dialogue.do(secretary, 'dialogue.start', {});
    const questionId = await dialogue.accepted(1);
    const hall = `bridgePoint:${await dialogue.hall(1)}` as const;
    const place = async () => (await told<HallQuestionFact>(hall, 'question', questionId)).place;
    expect(await place()).toBe(1);
    await dialogue.do(secretary, 'dialogue.end', {});
    expect(await place()).toBeNull();
    expect(await order()).toEqual([]);
  });

  test('is first come, first served where all weights are 0', async () => {
    const all = [
      await dialogue.accepted(1),
      await dialogue.accepted(1),
      await dialogue.accepted(2),
    ];
    const weights = {
      district: 0,
      bridgePoint: 0,
      field: 0,
      districtTime: 0,
      urgency: 0,
    };
    await dialogue.do(dialogue.secretary, 'dialogue.configure', {
      rules: { order: { ...weights, support: 0, waiting: 0 } },
    } as never);
    expect(await order()).toEqual(all);
  });
});

test('words that changed meanwhile are not written over', async () => {
  const { questionId } = await forwarded(1);
  const { secretary } = dialogue;
  await dialogue.do(secretary, 'question.edit', {
    questionId,
    wording: 'Một',
    ifRevision: 0,
  });
  expect(
    await refusal(secretary, 'question.edit', {
      questionId,
      wording: 'Hai',
      ifRevision: 0,
    }),
  ).toEqual({ code: 'changed_meanwhile', details: { revision: 1 } });
  await dialogue.do(secretary, 'question.edit', {
    questionId,
    wording: 'Hai',
    ifRevision: 1,
  });
  expect(await desk(questionId)).toMatchObject({ wording: 'Hai', revision: 2 });
});

test('notes are the desk’s alone; a brief is the desk’s and, once it is called, the leader’s', async () => {
  const { secretary, host } = dialogue;
  const { questionId, person } = await forwarded(1);
  const noteId = randomUUID();
  const brief = { agency: 'Sở Xây dựng', text: 'Đã bố trí vốn.' };
  await dialogue.do(secretary, 'question.note', {
    questionId,
    noteId,
    text: 'Hỏi lại Sở',
  });
  await dialogue.do(secretary, 'question.brief', { questionId, brief });
  expect(await told('desk', 'note', noteId)).toMatchObject({
    text: 'Hỏi lại Sở',
    by: 'Thư ký',
  });
  expect(await desk(questionId)).toMatchObject({ brief });
  expect(await told('host', 'question', questionId)).toBeNull();
  await dialogue.do(secretary, 'question.accept', { questionId });
  await dialogue.do(secretary, 'dialogue.start', {});
  await dialogue.do(host, 'floor.call', { questionId });
  expect(await told('host', 'question', questionId)).toMatchObject({ brief });
  const boards = await engine.engine.boards(dialogue.id);
  const others: Audience[] = [
    'everyone',
    `bridgePoint:${person.bridgePointId}`,
    `hall:${person.bridgePointId}`,
    `screen:${person.bridgePointId}`,
    `person:${person.personId}`,
  ];
  for (const audience of others) {
    const text = JSON.stringify(boards.since(audience, undefined).puts);
    expect(text).not.toContain('Đã bố trí vốn');
    expect(text).not.toContain('Hỏi lại Sở');
  }
  expect(JSON.stringify(boards.since('host', undefined).puts)).not.toContain('Hỏi lại Sở');
  await dialogue.do(secretary, 'question.unnote', { noteId });
  expect(await told('desk', 'note', noteId)).toBeNull();
});
