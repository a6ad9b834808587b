import { randomUUID } from 'node:crypto';
import type { Audience } from '@nhip-cau/shared/model/audience';
import type { CommandPayload } from '@nhip-cau/shared/protocol/commands';
import type { SyncedAudience } from '@nhip-cau/shared/protocol/socket';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestEngine, TestDialogue, type TestEngine } from '../support/dialogue.ts';

let test: TestEngine & { url: string };

beforeAll(async () => {
  test = await createTestEngine();
});

afterAll(() => test.close());

/** A dialogue in which everything has happened once. */
async function eventful() {
  const dialogue = await TestDialogue.open(test.engine);
  const { secretary, host } = dialogue;
  const [moderator, person] = [await dialogue.moderator(1), await dialogue.joined(1)];
  await dialogue.do(moderator, 'attendance.report', {
    bridgePointId: moderator.bridgePointId,
    headcount: 24,
  });
  const handId = randomUUID();
  await dialogue.do(person, 'hand.raise', { handId, bridgePointId: person.bridgePointId });
  await dialogue.do(person, 'hand.lower', { handId });
  await dialogue.do(secretary, 'dialogue.start', {});
  const [first, second, third] = [
    await dialogue.accepted(1),
    await dialogue.accepted(2),
    await dialogue.accepted(3),
  ];
  await dialogue.do(secretary, 'question.move', {
    questionId: third,
    beforeQuestionId: first,
  });
  await dialogue.do(secretary, 'floor.prepare', { questionId: second });
  await dialogue.do(secretary, 'floor.call', { questionId: first });
  for (let line = 0; line < 70; line += 1) {
    await dialogue.do(secretary, 'transcript.add', {
      lineId: randomUUID(),
      text: `Dòng ${line}`,
      speaker: line % 2 ? 'turn' : 'host',
    });
  }
  await dialogue.do(host, 'question.dispose', {
    questionId: first,
    disposition: { kind: 'outside', reason: 'Không thuộc phạm vi' },
  });
  await dialogue.do(secretary, 'question.return', { questionId: third, reason: 'Trùng ý kiến' });
  await workTheQueue(dialogue);
  return { dialogue, person, moderator };
}

/** What a desk does besides: on lists, together, by hand, back again. */
async function workTheQueue(dialogue: TestDialogue): Promise<void> {
  const { secretary, host } = dialogue;
  const bridgePointId = await dialogue.hall(2);
  const questionIds = Array.from({ length: 8 }, () => randomUUID());
  const [lead, part, other, pinned, dropped, disposed] = questionIds;
  await dialogue.do(secretary, 'question.import', {
    questions: questionIds.map((questionId, index) => ({
      questionId,
      bridgePointId,
      text: `Ý kiến ${index}`,
      field: index % 2 ? 'Đất đai' : null,
      asker: null,
      nameVisibility: 'none' as const,
    })),
  });
  const bulk = (ids: string[], action: CommandPayload<'question.bulk'>['action']) =>
    dialogue.do(secretary, 'question.bulk', { questionIds: ids, action });
  await bulk(questionIds, { name: 'accept' });
  await bulk([part!, other!], { name: 'merge', intoQuestionId: lead! });
  await bulk([other!], { name: 'unmerge' });
  await bulk([dropped!], { name: 'return', reason: 'Chưa rõ' });
  await bulk([dropped!], { name: 'unreturn' });
  await bulk([dropped!], { name: 'unaccept' });
  const outside = { kind: 'outside', reason: 'Ngoài phạm vi' } as const;
  await bulk([disposed!, questionIds[6]!], { name: 'dispose', disposition: outside });
  await bulk([disposed!], { name: 'undispose' });
  await bulk([other!], { name: 'edit', urgency: 'urgent' });
  await dialogue.do(secretary, 'question.move', {
    questionId: pinned!,
    beforeQuestionId: null,
    reason: 'Chủ trì yêu cầu',
  });
  await dialogue.do(secretary, 'question.move', { questionId: other!, beforeQuestionId: lead! });
  await dialogue.do(secretary, 'question.unpin', { questionId: other! });
  const brief = { agency: 'Sở Xây dựng', text: 'Đã bố trí vốn.' };
  await dialogue.do(secretary, 'question.brief', { questionId: lead!, brief });
  const noteId = randomUUID();
  await dialogue.do(secretary, 'question.note', { questionId: lead!, noteId, text: 'Hỏi lại' });
  await dialogue.do(secretary, 'question.note', {
    questionId: lead!,
    noteId: randomUUID(),
    text: 'Đã hỏi',
  });
  await dialogue.do(secretary, 'question.unnote', { noteId });
  const neighbour = await dialogue.joined(2);
  const supportId = randomUUID();
  await dialogue.do(neighbour, 'question.support', { questionId: lead!, supportId });
  await dialogue.do(host, 'floor.hostTurn', {});
  await dialogue.do(host, 'floor.call', { questionId: lead! });
  await dialogue.do(host, 'floor.reply', { questionId: (await heardOne(dialogue))! });
}

async function heardOne(dialogue: TestDialogue): Promise<string | undefined> {
  const { questions } = await dialogue.state();
  return [...questions.values()].find(({ state }) => state === 'disposed')?.id;
}

describe('after a restart', () => {
  it('every audience is told the same as before it', async () => {
    const { dialogue, person, moderator } = await eventful();
    const audiences: Audience[] = [
      'everyone',
      'desk',
      'host',
      `bridgePoint:${moderator.bridgePointId}`,
      `person:${person.personId}`,
    ];
    const told = async ({ engine }: TestEngine) => {
      const boards = await engine.boards(dialogue.id);
      return audiences.map((audience) => {
        const { puts } = boards.since(audience, undefined);
        return new Map(puts.map(({ collection, id, value }) => [`${collection}:${id}`, value]));
      });
    };
    const before = await told(test);
    const restarted = await createTestEngine(test.url);
    try {
      expect(await told(restarted)).toEqual(before);
      const [one, other] = [await dialogue.state(), await restarted.engine.read(dialogue.id)];
      expect(other!.trails).toEqual(one.trails);
      // The window of captions holds the newest alone.
      expect([...before[0]!.keys()].filter((key) => key.startsWith('caption:'))).toHaveLength(60);
    } finally {
      await restarted.close();
    }
  });

  it('a client that comes back with its old cursors is current, from whichever of them', async () => {
    const { dialogue, person, moderator } = await eventful();
    const hall = moderator.bridgePointId;
    await dialogue.do(dialogue.secretary, 'bridgePoint.update', {
      bridgePointId: hall,
      name: 'Điểm cầu đổi tên',
    });
    const audiences: Audience[] = [
      'everyone',
      'desk',
      'host',
      `bridgePoint:${hall}`,
      `bridgePoint:${await dialogue.hall(2)}`,
      `screen:${hall}`,
      `person:${person.personId}`,
    ];
    const restarted = await createTestEngine(test.url);
    try {
      for (const { engine } of [test, restarted]) {
        const boards = await engine.boards(dialogue.id);
        for (const audience of audiences) {
          const told = test.deliveries.filter(
            (delivery) => delivery.dialogueId === dialogue.id && delivery.audience === audience,
          );
          const present = new Client().take(boards.since(audience, undefined));
          const client = new Client();
          expect(client.copy().take(boards.since(audience, undefined)).facts).toEqual(
            present.facts,
          );
          for (const { seq, puts } of told) {
            client.take({ full: false, puts });
            const back = client.copy().take(boards.since(audience, seq));
            expect(back.facts).toEqual(present.facts);
          }
        }
      }
    } finally {
      await restarted.close();
    }
  });
});

/** What a page does with what it is told. */
class Client {
  facts = new Map<string, unknown>();

  take({ full, puts }: Pick<SyncedAudience, 'full' | 'puts'>): this {
    if (full) this.facts.clear();
    for (const { collection, id, value } of puts) {
      if (value === null) this.facts.delete(`${collection}:${id}`);
      else this.facts.set(`${collection}:${id}`, value);
    }
    return this;
  }

  copy(): Client {
    const copy = new Client();
    copy.facts = new Map(this.facts);
    return copy;
  }
}
