import { randomUUID } from 'node:crypto';
import { nameVisibilities } from '@nhip-cau/shared/model/questions';
import type { Memory } from './memory.ts';
import type { Random } from './random.ts';
import type { Seat } from './seat.ts';
import { questionOf } from './words.ts';
import type { World } from './world.ts';

export interface ParticipantOptions {
  world: World;
  random: Random;
  memory: Memory;
  bridgePointId: string;
  district: string;
}

/** Somebody in a chair: most ask nothing; some ask, raise a hand, stand behind a neighbour. */
export async function participate(
  seat: Seat,
  { world, random, memory, bridgePointId, district }: ParticipantOptions,
): Promise<void> {
  const ask = async () => {
    const said = questionOf(random, district);
    memory.keep(said);
    const questionId = randomUUID();
    await seat.send('question.ask', {
      questionId,
      bridgePointId,
      text: said.text,
      field: random.chance(0.4) ? said.field : null,
      nameVisibility: random.pick(nameVisibilities),
    });
    if (!random.chance(0.02)) return;
    await world.pause(random.around(60_000));
    await seat.send('question.withdraw', { questionId });
  };
  const raise = async () => {
    const handId = randomUUID();
    const outcome = await seat.send('hand.raise', { handId, bridgePointId });
    if (!outcome.ok) return;
    await world.pause(random.around(5 * 60_000));
    const isUp = seat.all('person', 'hand').some(({ id }) => id === handId);
    if (isUp && random.chance(0.6)) await seat.send('hand.lower', { handId });
  };
  const support = async () => {
    const own = new Set(seat.all('person', 'question').map(({ id }) => id));
    const supported = new Set(seat.all('person', 'support').map(({ questionId }) => questionId));
    const others = seat
      .all('hall', 'question')
      .filter(({ id }) => !own.has(id) && !supported.has(id));
    if (others.length === 0) return;
    const { id: questionId } = random.pick(others);
    await seat.send('question.support', { questionId, supportId: randomUUID() });
  };

  // Most questions come early, when everybody has just found the page.
  const plan: [share: number, deed: () => Promise<void>][] = [];
  if (random.chance(0.33)) plan.push([random.next() * random.next() * 0.9, ask]);
  if (random.chance(0.05)) plan.push([0.2 + random.next() * 0.6, ask]);
  if (random.chance(0.12)) plan.push([random.next() * 0.8, raise]);
  if (random.chance(0.35)) plan.push([0.25 + random.next() * 0.65, support]);
  plan.sort(([a], [b]) => a - b);
  for (const [share, deed] of plan) {
    if (!(await world.until(Math.max(share, world.share)))) return;
    await deed();
  }
}
