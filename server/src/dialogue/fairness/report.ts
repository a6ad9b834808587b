import { elapsedAt } from '@nhip-cau/shared/model/floor';
import type { QuestionState } from '@nhip-cau/shared/model/questions';
import { compareText } from '@nhip-cau/shared/model/text';
import type {
  FairnessDistrict,
  FairnessField,
  FairnessFigures,
  FairnessReportBody,
  PinEntry,
  UnheardHall,
} from '@nhip-cau/shared/protocol/fairness-report';
import type { EntryType, LogEntry } from '../kernel/entries.ts';
import { existing } from '../kernel/handler.ts';
import { inLog } from '../kernel/reduce.ts';
import type { BridgePoint, DialogueState, Question, Turn } from '../kernel/state.ts';
import { leadOf } from '../questions/merged.ts';
import { takenUp } from '../floor/speaker.ts';
import type { RecordReader } from '../record/record.ts';

/** The entries in which a person goes against the rule of the queue. */
export const pinTypes = ['question.pinned', 'question.unpinned'] as const satisfies EntryType[];

type PinLog = LogEntry<(typeof pinTypes)[number]>;

/** States in which a question that came to the city is no longer the city's. */
const gone: readonly QuestionState[] = ['asked', 'returned', 'withdrawn'];

/**
 * Who was heard and who was not, by district and by field, at `now` (epoch ms; it stops the clock
 * of a turn that still runs), and where persons went against the rule. Throws `not_found`.
 */
export function buildFairness(
  state: DialogueState,
  pins: readonly PinLog[],
  reader: RecordReader,
  now: number,
): FairnessReportBody {
  const {
    id,
    title,
    organiser,
    state: stage,
    startsAt,
    startedAt,
    endedAt,
    rules,
  } = existing(state);
  const count = new Count(state, now);
  return {
    dialogue: { id, title, organiser, state: stage, startsAt, startedAt, endedAt },
    seq: state.seq,
    weights: rules.order,
    ...count.report(),
    pins: pins.map((entry) => pinOf(state, entry, reader)),
  };
}

const none = (): FairnessFigures => ({
  questions: 0,
  heard: 0,
  waiting: 0,
  settled: 0,
  turns: 0,
  spokenMs: 0,
  share: 0,
});

class Count {
  private readonly state: DialogueState;
  private readonly now: number;
  private readonly districts = new Map<string, FairnessDistrict>();
  private readonly fields = new Map<string | null, FairnessField>();
  private readonly halls = new Map<string, UnheardHall>();
  private readonly heardHalls = new Set<string>();

  constructor(state: DialogueState, now: number) {
    this.state = state;
    this.now = now;
    for (const hall of state.bridgePoints.values()) if (!hall.isCentral) this.addHall(hall);
    for (const field of existing(state).fields) this.field(field);
    for (const turn of state.turns.values()) this.addTurn(turn);
    for (const question of state.questions.values()) this.addQuestion(question);
  }

  report(): Pick<FairnessReportBody, 'totals' | 'districts' | 'fields' | 'neverHeard'> {
    for (const hallId of this.heardHalls) {
      const { district } = this.hall(hallId);
      const row = this.districts.get(district);
      if (row && this.halls.has(hallId)) row.hallsHeard += 1;
    }
    const districts = [...this.districts.values()].sort((a, b) =>
      compareText(a.district, b.district),
    );
    const fields = [...this.fields.values()];
    const { share: _, ...totals } = { halls: 0, hallsHeard: 0, ...none() };
    for (const row of districts) {
      for (const key of Object.keys(totals) as (keyof typeof totals)[]) totals[key] += row[key];
    }
    const questionsMs = fields.reduce((sum, { spokenMs }) => sum + spokenMs, 0);
    for (const row of districts) row.share = ratio(row.spokenMs, totals.spokenMs);
    for (const row of fields) row.share = ratio(row.spokenMs, questionsMs);
    const neverHeard = [...this.halls.values()]
      .filter(({ id }) => !this.heardHalls.has(id))
      .sort((a, b) => compareText(a.district, b.district) || compareText(a.name, b.name));
    return { totals, districts, fields, neverHeard };
  }

  private addHall({ id, code, name, district }: BridgePoint): void {
    this.halls.set(id, { id, code, name, district, questions: 0, waiting: 0 });
    const row = this.districts.get(district) ?? { district, halls: 0, hallsHeard: 0, ...none() };
    row.halls += 1;
    this.districts.set(district, row);
  }

  private addTurn({ kind, questionId, bridgePointId, calledAt, clock }: Turn): void {
    // The head table's own time is nobody's share.
    if (kind === 'host' || calledAt === null) return;
    const spokenMs = elapsedAt(clock, this.now);
    this.heardHalls.add(bridgePointId);
    const rows: (FairnessFigures | undefined)[] = [
      this.districts.get(this.hall(bridgePointId).district),
    ];
    if (kind === 'question' && questionId !== null) {
      rows.push(this.field(inLog(this.state.questions.get(questionId), questionId).field));
    }
    for (const row of rows) {
      if (row === undefined) continue;
      row.turns += 1;
      row.spokenMs += spokenMs;
    }
  }

  private addQuestion(question: Question): void {
    const lead = leadOf(this.state, question);
    if (question.forwardedAt === null || gone.includes(question.state)) return;
    // Merged into one that is gone, as in logs from before parts were freed then: still owed.
    const fate = fateOf(lead);
    const hall = this.halls.get(question.bridgePointId);
    for (const row of [
      this.districts.get(this.hall(question.bridgePointId).district),
      this.field(question.field),
    ]) {
      if (row === undefined) continue;
      row.questions += 1;
      row[fate] += 1;
    }
    if (hall === undefined) return;
    hall.questions += 1;
    if (fate === 'waiting') hall.waiting += 1;
  }

  private hall(bridgePointId: string): BridgePoint {
    return inLog(this.state.bridgePoints.get(bridgePointId), bridgePointId);
  }

  private field(field: string | null): FairnessField {
    const row = this.fields.get(field) ?? { field, ...none() };
    this.fields.set(field, row);
    return row;
  }
}

function fateOf({ state, turnId }: Question): 'heard' | 'waiting' | 'settled' {
  if (state === 'disposed') return turnId === null ? 'settled' : 'heard';
  return state === 'onAir' || state === 'heard' ? 'heard' : 'waiting';
}

function pinOf(state: DialogueState, entry: PinLog, reader: RecordReader): PinEntry {
  const { seq, at, actor, payload } = entry;
  const question = inLog(state.questions.get(payload.questionId), payload.questionId);
  const hall = inLog(state.bridgePoints.get(question.bridgePointId), question.bridgePointId);
  const isShown = reader === 'desk' || takenUp.includes(question.state);
  return {
    seq,
    at,
    questionId: question.id,
    wording: isShown ? question.wording : null,
    bridgePointName: hall.name,
    district: hall.district,
    place: entry.type === 'question.pinned' ? entry.payload.due + 1 : null,
    by: { role: actor.role, name: actor.name },
    reason: entry.type === 'question.pinned' ? entry.payload.reason : null,
  };
}

const ratio = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
