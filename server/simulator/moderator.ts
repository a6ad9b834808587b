import { randomUUID } from 'node:crypto';
import type { HallQuestionFact } from '@nhip-cau/shared/protocol/facts';
import type { Memory } from './memory.ts';
import type { Random } from './random.ts';
import type { Seat } from './seat.ts';
import { nameOf, questionOf, returnReasons } from './words.ts';
import type { World } from './world.ts';

export interface ModeratorOptions {
  world: World;
  random: Random;
  memory: Memory;
  bridgePointId: string;
  district: string;
  expected: number;
}

/** A hall's moderator: counts people, words what they ask, puts the same together, sends it on. */
export async function moderate(seat: Seat, options: ModeratorOptions): Promise<void> {
  const { world, random, bridgePointId, expected } = options;
  await world.pause(random.around(60_000));
  const headcount = Math.max(0, expected + random.int(-4, 3));
  await seat.send('attendance.report', { bridgePointId, headcount });
  while (await world.pause(random.around(12_000))) {
    const [hand] = seat.all('bridgePoint', 'hand');
    const open = seat.all('bridgePoint', 'question').filter(({ state }) => state === 'asked');
    if (open.length > 0) await handle(seat, random.pick(open), open, options);
    else if (hand && random.chance(0.6)) await answerHand(seat, hand.id, options);
    else if (random.chance(0.05)) await typeSlip(seat, options);
    else if (random.chance(0.04)) await checkIn(seat, options);
  }
}

async function handle(
  seat: Seat,
  question: HallQuestionFact,
  open: readonly HallQuestionFact[],
  { random, memory }: ModeratorOptions,
): Promise<void> {
  const { id: questionId } = question;
  const meaning = memory.meaningOf(question.original);
  const twin = open.find(
    (other) =>
      other.id !== questionId && memory.meaningOf(other.original)?.subject === meaning?.subject,
  );
  if (twin && meaning) {
    await seat.send('question.merge', { questionId, intoQuestionId: twin.id });
    return;
  }
  if (random.chance(0.06)) {
    await seat.send('question.return', { questionId, reason: random.pick(returnReasons) });
    return;
  }
  if (meaning) {
    const urgency = random.chance(0.06) ? ('urgent' as const) : ('normal' as const);
    const { wording, field } = meaning;
    await seat.send('question.edit', { questionId, wording, field, urgency });
  }
  await seat.send('question.forward', { questionId });
}

async function answerHand(
  seat: Seat,
  handId: string,
  { random, memory, bridgePointId, district }: ModeratorOptions,
): Promise<void> {
  if (random.chance(0.4)) {
    await seat.send('hand.lower', { handId });
    return;
  }
  const said = questionOf(random, district);
  memory.keep(said);
  await seat.send('question.ask', {
    questionId: randomUUID(),
    bridgePointId,
    text: said.text,
    field: said.field,
    nameVisibility: 'hall',
    handId,
  });
}

async function typeSlip(
  seat: Seat,
  { random, memory, bridgePointId, district }: ModeratorOptions,
): Promise<void> {
  const said = questionOf(random, district);
  memory.keep(said);
  await seat.send('question.ask', {
    questionId: randomUUID(),
    bridgePointId,
    text: said.text,
    field: said.field,
    nameVisibility: 'hall',
    onBehalfOf: { name: random.chance(0.7) ? nameOf(random) : null },
    channel: random.pick(['slip', 'box', 'onBehalf']),
  });
}

async function checkIn(seat: Seat, { random, bridgePointId }: ModeratorOptions): Promise<void> {
  const present = seat
    .all('bridgePoint', 'attendee')
    .filter(({ joinedAt, leftAt }) => joinedAt !== null && leftAt === null);
  if (present.length > 5 && random.chance(0.3)) {
    await seat.send('attendance.checkOut', { attendeeId: random.pick(present).id });
    return;
  }
  await seat.send('attendance.checkIn', {
    bridgePointId,
    attendeeId: randomUUID(),
    name: nameOf(random),
  });
}
