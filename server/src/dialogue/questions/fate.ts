import type { QuestionFateBody } from '@nhip-cau/shared/protocol/http';
import type { DialogueEngine } from '../kernel/engine.ts';
import { inLog } from '../kernel/reduce.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { DialogueState, Question } from '../kernel/state.ts';
import { leadFact } from './merged.ts';

/** In which dialogue a code was given out. */
export interface QuestionCodes {
  find(code: string): Promise<{ dialogueId: string } | null>;
}

/** Tells what became of a question to whoever has its code. */
export class FateService {
  private readonly codes: QuestionCodes;
  private readonly engine: Pick<DialogueEngine, 'read'>;

  constructor({ codes, engine }: { codes: QuestionCodes; engine: FateService['engine'] }) {
    this.codes = codes;
    this.engine = engine;
  }

  /** Throws `code_unknown`. */
  async find(code: string): Promise<QuestionFateBody> {
    const found = await this.codes.find(code);
    const state = found && (await this.engine.read(found.dialogueId));
    const question = state?.questionsByCode.get(code);
    if (!state?.dialogue || !question) throw new Refusal('code_unknown');
    return fateOf(state, question, code);
  }
}

function fateOf(state: DialogueState, question: Question, code: string): QuestionFateBody {
  const { title, organiser, startsAt, state: now } = state.dialogue!;
  const { name, district } = inLog(
    state.bridgePoints.get(question.bridgePointId),
    question.bridgePointId,
  );
  const { wording, field, askedAt, forwardedAt, acceptedAt, returnReason, disposition } = question;
  const turn = question.turnId === null ? undefined : state.turns.get(question.turnId);
  return {
    code,
    dialogue: { title, organiser, state: now, startsAt },
    bridgePointName: name,
    district,
    wording,
    field,
    state: question.state,
    askedAt,
    forwardedAt,
    acceptedAt,
    calledAt: turn?.calledAt ?? null,
    place: state.places.get(question.id) ?? null,
    returnReason: question.state === 'returned' ? returnReason : null,
    disposition,
    lead: leadFact(state, question),
  };
}
