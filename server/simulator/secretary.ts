import { randomUUID } from 'node:crypto';
import type { DeskQuestionFact } from '@nhip-cau/shared/protocol/facts';
import type { Memory } from './memory.ts';
import type { Random } from './random.ts';
import type { Seat } from './seat.ts';
import { briefs, notes, returnReasons, spoken } from './words.ts';
import type { World } from './world.ts';

export interface SecretaryOptions {
  world: World;
  random: Random;
  memory: Memory;
  /** One of them looks after the floor beside the queue. */
  keepsFloor: boolean;
}

const prepared = 3;
const agency = 'Sở Nông nghiệp và Môi trường';

/** One of the city's secretaries, at the queue; one also keeps the deck full and writes along. */
export async function keepQueue(seat: Seat, options: SecretaryOptions): Promise<void> {
  const { world, random, keepsFloor } = options;
  while (await world.pause(random.around(keepsFloor ? 6_000 : 4_000))) {
    if (keepsFloor && (await keepFloor(seat, options))) continue;
    const questions = seat.all('desk', 'question');
    const incoming = questions.filter(({ state }) => state === 'forwarded');
    if (incoming.length > 25) {
      const questionIds = incoming.slice(0, 20).map(({ id }) => id);
      await seat.send('question.bulk', { questionIds, action: { name: 'accept' } });
    } else if (incoming.length > 0) {
      await decide(seat, random.pick(incoming), questions, options);
    } else {
      const queue = questions.filter(({ state }) => state === 'accepted');
      if (queue.length > 3) await tend(seat, random.pick(queue), queue, options);
    }
  }
}

async function decide(
  seat: Seat,
  question: DeskQuestionFact,
  all: readonly DeskQuestionFact[],
  { random, memory }: SecretaryOptions,
): Promise<void> {
  const { id: questionId } = question;
  const subject = memory.meaningOf(question.original)?.subject;
  const lead = all.find(
    (other) =>
      other.id !== questionId &&
      (other.state === 'accepted' || other.state === 'heard') &&
      subject !== undefined &&
      memory.meaningOf(other.original)?.subject === subject,
  );
  if (lead) {
    await seat.send('question.merge', { questionId, intoQuestionId: lead.id });
    if (random.chance(0.05)) await seat.send('question.unmerge', { questionId });
  } else if (random.chance(0.05)) {
    await seat.send('question.return', { questionId, reason: random.pick(returnReasons) });
    if (random.chance(0.2)) await seat.send('question.unreturn', { questionId });
  } else {
    await seat.send('question.accept', { questionId });
  }
}

/** What makes a queue ready for the leader. */
async function tend(
  seat: Seat,
  question: DeskQuestionFact,
  queue: readonly DeskQuestionFact[],
  { random }: SecretaryOptions,
): Promise<void> {
  const { id: questionId } = question;
  const draw = random.next();
  if (draw < 0.15) {
    const before = random.pick(queue);
    if (before.id === questionId) return;
    const reason = 'Cùng chủ đề đang đối thoại';
    await seat.send('question.move', { questionId, beforeQuestionId: before.id, reason });
  } else if (draw < 0.2) {
    if (question.pin) await seat.send('question.unpin', { questionId });
  } else if (draw < 0.4) {
    await seat.send('question.note', {
      questionId,
      noteId: randomUUID(),
      text: random.pick(notes),
    });
  } else if (draw < 0.6 && question.brief === null) {
    const brief = { agency, text: random.pick(briefs) };
    await seat.send('question.brief', { questionId, brief });
  }
}

/** Whether there was something to do at the floor. */
async function keepFloor(seat: Seat, { random }: SecretaryOptions): Promise<boolean> {
  const stage = seat.first('everyone', 'stage');
  const dialogue = seat.first('everyone', 'dialogue');
  if (!stage || dialogue?.state !== 'live') return false;
  if (stage.onDeck.length < prepared) {
    const next = seat.all('desk', 'place').find(({ after }) => after === null);
    if (next) {
      await seat.send('floor.prepare', { questionId: next.id });
      return true;
    }
  }
  if (!random.chance(0.5)) return false;
  await seat.send('transcript.add', {
    lineId: randomUUID(),
    text: random.pick(spoken),
    speaker: stage.onAir ? 'turn' : 'host',
  });
  return true;
}
