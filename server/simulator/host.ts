import type { Disposition } from '@nhip-cau/shared/model/questions';
import type { StageTurn } from '@nhip-cau/shared/protocol/facts';
import type { Random } from './random.ts';
import type { Seat } from './seat.ts';
import type { World } from './world.ts';

export interface HostOptions {
  world: World;
  random: Random;
  agencies: readonly string[];
}

/** People come in first; then the leader begins: the share of the time that is over by then. */
export const beginsAt = 0.15;
const dayMs = 24 * 3_600_000;

/** The leader: calls the next hall, hears it out, answers, decides. */
export async function lead(seat: Seat, options: HostOptions): Promise<void> {
  const { world, random } = options;
  if (!(await world.until(beginsAt))) return;
  await seat.send('dialogue.start', {});
  while (await world.pause(random.around(3_000))) {
    const stage = seat.first('everyone', 'stage');
    const [ready] = stage?.onDeck ?? [];
    const [hand] = seat.all('host', 'hand');
    if (ready?.questionId) {
      await seat.send('floor.call', { questionId: ready.questionId });
    } else if (hand && random.chance(0.5)) {
      await seat.send('floor.callHand', { handId: hand.id });
    } else {
      continue;
    }
    await hear(seat, options);
  }
}

async function hear(seat: Seat, options: HostOptions): Promise<void> {
  const { world, random } = options;
  const turn = seat.first('everyone', 'stage')?.onAir;
  if (!turn) return;
  const { turnId, questionId } = turn;
  await world.pause(40_000 + random.around(60_000));
  if (random.chance(0.15)) await seat.send('floor.extend', { turnId, seconds: 60 });
  if (random.chance(0.05)) {
    await seat.send('floor.hold', { turnId, reason: 'person' });
    await world.pause(5_000);
    await seat.send('floor.resume', { turnId });
  }
  if (random.chance(0.3)) await seat.send('floor.hostTurn', questionId ? { questionId } : {});
  else await seat.send('floor.end', { turnId });
  if (questionId) await decide(seat, questionId, options);
  await endOwnTurn(seat, options);
}

async function decide(seat: Seat, questionId: string, options: HostOptions): Promise<void> {
  const { world, random } = options;
  await world.pause(random.around(20_000));
  await seat.send('question.dispose', { questionId, disposition: dispositionOf(options) });
  if (!random.chance(0.1)) return;
  await seat.send('floor.reply', { questionId });
  await world.pause(20_000);
  await endOwnTurn(seat, options);
}

/** Ends what is still on air; what the next call would end anyway. */
async function endOwnTurn(seat: Seat, { world }: HostOptions): Promise<void> {
  const turn: StageTurn | null = seat.first('everyone', 'stage')?.onAir ?? null;
  if (turn === null || world.isOver) return;
  if (turn.state === 'onAir' || turn.state === 'held') {
    await seat.send('floor.end', { turnId: turn.turnId });
  }
}

function dispositionOf({ random, agencies }: HostOptions): Disposition {
  const draw = random.next();
  if (draw < 0.5) return { kind: 'answeredHere' };
  if (draw < 0.85) {
    const due = new Date(Date.now() + random.int(7, 45) * dayMs);
    return {
      kind: 'assigned',
      agency: random.pick(agencies),
      dueOn: due.toISOString().slice(0, 10),
    };
  }
  if (draw < 0.95) return { kind: 'escalated', to: 'Bộ Nông nghiệp và Môi trường' };
  return { kind: 'outside', reason: 'Không thuộc nội dung đối thoại hôm nay.' };
}
