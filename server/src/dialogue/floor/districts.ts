import { elapsedAt } from '@nhip-cau/shared/model/floor';
import type { DistrictFairness, FairnessFact } from '@nhip-cau/shared/protocol/facts';
import { compareText } from '@nhip-cau/shared/model/text';
import { inLog } from '../kernel/reduce.ts';
import type { DialogueState, Turn } from '../kernel/state.ts';

/** What all turns of a district have taken at `now` (epoch ms), in ms; one that runs counts too. */
export function spokenMs(state: DialogueState, district: string, now: number): number {
  let ms = 0;
  for (const turn of state.turns.values()) {
    if (isHallTurn(turn) && districtOf(state, turn) === district) ms += elapsedAt(turn.clock, now);
  }
  return ms;
}

/** Who was heard, and for how long, and who still waits. */
export function fairnessOf(state: DialogueState): FairnessFact {
  const districts = new Map<string, DistrictFairness>();
  const heardHalls = new Set<string>();
  for (const { isCentral, district } of state.bridgePoints.values()) {
    if (isCentral) continue;
    const row = districts.get(district) ?? {
      district,
      bridgePoints: 0,
      bridgePointsHeard: 0,
      turns: 0,
      spokenMs: 0,
      waiting: 0,
    };
    row.bridgePoints += 1;
    districts.set(district, row);
  }
  const fields = new Map<string | null, { field: string | null; turns: number; waiting: number }>();
  const fieldRow = (field: string | null) => {
    const row = fields.get(field) ?? { field, turns: 0, waiting: 0 };
    fields.set(field, row);
    return row;
  };
  for (const field of state.dialogue?.fields ?? []) fieldRow(field);
  for (const turn of state.turns.values()) {
    if (!isHallTurn(turn) || turn.calledAt === null) continue;
    const row = districts.get(districtOf(state, turn));
    if (row) {
      row.turns += 1;
      row.spokenMs += spokenIn(turn);
      if (!heardHalls.has(turn.bridgePointId)) row.bridgePointsHeard += 1;
    }
    heardHalls.add(turn.bridgePointId);
    if (turn.kind === 'question' && turn.questionId !== null) {
      fieldRow(inLog(state.questions.get(turn.questionId), turn.questionId).field).turns += 1;
    }
  }
  for (const { bridgePointId, field } of state.queue.values()) {
    const { district } = inLog(state.bridgePoints.get(bridgePointId), bridgePointId);
    const row = districts.get(district);
    if (row) row.waiting += 1;
    fieldRow(field).waiting += 1;
  }
  return {
    districts: [...districts.values()].sort((a, b) => compareText(a.district, b.district)),
    fields: [...fields.values()],
  };
}

/** The head table's own time is nobody's share. */
function isHallTurn({ kind, state }: Turn): boolean {
  return kind !== 'host' && state !== 'cancelled';
}

function districtOf(state: DialogueState, { bridgePointId }: Turn): string {
  return inLog(state.bridgePoints.get(bridgePointId), bridgePointId).district;
}

// Without a clock of its own a fold cannot know how far a running turn is.
function spokenIn({ clock, endedAt }: Turn): number {
  return endedAt === null ? clock.elapsedMs : elapsedAt(clock, endedAt);
}
