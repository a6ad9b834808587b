import type { QuestionState } from '@nhip-cau/shared/model/questions';
import { compareText } from '@nhip-cau/shared/model/text';
import type {
  BriefingBody,
  BriefingCount,
  BriefingQuestion,
} from '@nhip-cau/shared/protocol/briefing';
import { existing } from '../kernel/handler.ts';
import { inLog } from '../kernel/reduce.ts';
import type { DialogueState, Question } from '../kernel/state.ts';
import { allPartsOf } from './merged.ts';

/** What the leader may have to answer yet, in the order of the lanes. */
const open: readonly QuestionState[] = ['onAir', 'onDeck', 'accepted', 'forwarded'];

/**
 * What the leader reads before the dialogue: every question that may come, in the planned order and
 * behind it by field. Throws `not_found`.
 */
export function buildBriefing(state: DialogueState, now: number): BriefingBody {
  const { id, title, organiser, state: stage, startsAt, fields } = existing(state);
  const reasons = new Map(state.plan.map(({ question, reason }) => [question.id, reason]));
  const questions = [...state.questions.values()]
    .filter((question) => open.includes(question.state))
    .sort(
      (a, b) =>
        placeOf(state, a) - placeOf(state, b) ||
        open.indexOf(a.state) - open.indexOf(b.state) ||
        fieldIndex(fields, a.field) - fieldIndex(fields, b.field) ||
        (a.forwardedAt ?? 0) - (b.forwardedAt ?? 0) ||
        compareText(a.id, b.id),
    )
    .map((question): BriefingQuestion => {
      const { wording, field, urgency, asker, brief } = question;
      const asked = [question, ...allPartsOf(state, question.id)];
      return {
        id: question.id,
        place: state.places.get(question.id) ?? null,
        reason: reasons.get(question.id) ?? null,
        state: question.state,
        wording,
        field,
        urgency,
        asker,
        halls: hallsOf(state, asked),
        people: asked.reduce((sum, { supporters }) => sum + 1 + supporters, 0),
        brief,
      };
    });
  return {
    dialogue: { id, title, organiser, state: stage, startsAt },
    seq: state.seq,
    at: now,
    totals: {
      questions: questions.length,
      people: sum(questions),
      halls: new Set(questions.flatMap(({ halls }) => halls.map(hallKey))).size,
      briefs: questions.filter(({ brief }) => brief !== null).length,
      incoming: questions.filter((question) => question.state === 'forwarded').length,
    },
    byField: counts(questions, ({ field }) => field).sort(
      (a, b) => fieldIndex(fields, a.name) - fieldIndex(fields, b.name),
    ),
    byDistrict: counts(questions, ({ halls }) => halls[0]!.district).sort((a, b) =>
      compareText(a.name ?? '', b.name ?? ''),
    ),
    questions,
  };
}

/** Those on air and on deck come before every place. */
function placeOf(state: DialogueState, { id, state: lane }: Question): number {
  return lane === 'onAir' || lane === 'onDeck' ? 0 : (state.places.get(id) ?? Infinity);
}

function fieldIndex(fields: readonly string[], field: string | null): number {
  const index = field === null ? -1 : fields.indexOf(field);
  return index < 0 ? fields.length : index;
}

function hallsOf(state: DialogueState, asked: readonly Question[]): BriefingQuestion['halls'] {
  const ids = new Set(asked.map(({ bridgePointId }) => bridgePointId));
  return [...ids].map((id) => {
    const { name, district } = inLog(state.bridgePoints.get(id), id);
    return { name, district };
  });
}

function counts(
  questions: readonly BriefingQuestion[],
  nameOf: (question: BriefingQuestion) => string | null,
): BriefingCount[] {
  return [...Map.groupBy(questions, nameOf)].map(([name, group]) => ({
    name,
    questions: group.length,
    people: sum(group),
  }));
}

const sum = (questions: readonly BriefingQuestion[]) =>
  questions.reduce((total, { people }) => total + people, 0);

const hallKey = ({ name, district }: BriefingQuestion['halls'][number]) =>
  JSON.stringify([name, district]);
