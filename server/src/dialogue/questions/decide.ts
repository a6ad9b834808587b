import { questionTransitions } from '@nhip-cau/shared/model/questions';
import type { QuestionEvent } from '@nhip-cau/shared/model/questions';
import type { CommandPayload } from '@nhip-cau/shared/protocol/commands';
import type { EntryDraft } from '../kernel/entries.ts';
import {
  bridgePointOf,
  type Context,
  existing,
  type Handlers,
  questionOf,
  requireTransition,
} from '../kernel/handler.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { DialogueState, Hand, Question } from '../kernel/state.ts';
import { rankAtEnd, rankBefore, spreadRanks } from './rank.ts';

/** Questions of one phone that may be waiting for their hall's moderator at once. */
export const maxOpenQuestionsPerPerson = 20;

/** Questions of one phone in one dialogue, withdrawn ones included: each stays in the log. */
export const maxQuestionsPerPerson = 100;

type Names = Extract<
  keyof typeof import('@nhip-cau/shared/protocol/questions').questionCommands,
  string
>;

const ofQuestion = (state: DialogueState, { questionId }: { questionId: string }) => {
  const { bridgePointId, personId } = questionOf(state, questionId);
  return { dialogueId: existing(state).id, bridgePointId, personId };
};

/** The question, in a state where the table allows the event. */
function ready(state: DialogueState, questionId: string, event: QuestionEvent): Question {
  const question = questionOf(state, questionId);
  requireTransition(questionTransitions, question.state, event);
  return question;
}

export const questionHandlers: Handlers<Names> = {
  'question.ask': {
    object: (state, { bridgePointId }, actor) => ({
      dialogueId: existing(state).id,
      bridgePointId: bridgePointOf(state, bridgePointId).id,
      personId:
        actor.kind === 'person' && actor.bridgePointId === bridgePointId ? actor.personId : null,
    }),
    decide: decideAsk,
  },
  'question.edit': {
    object: ofQuestion,
    decide(state, { questionId, wording, field }, { role }) {
      const question = ready(state, questionId, 'edit');
      const atHall = question.state === 'asked' || question.state === 'returned';
      if (atHall !== (role === 'moderator')) {
        throw new Refusal('wrong_state', { state: question.state, event: 'edit' });
      }
      requireField(state, field);
      const change = {
        ...(wording === undefined ? {} : { wording }),
        ...(field === undefined ? {} : { field }),
      };
      return [{ type: 'question.edited', payload: { questionId, ...change } }];
    },
  },
  'question.forward': {
    object: ofQuestion,
    decide(state, { questionId }) {
      ready(state, questionId, 'forward');
      return [{ type: 'question.forwarded', payload: { questionId } }];
    },
  },
  'question.return': {
    object: ofQuestion,
    decide(state, { questionId, reason }, { role }) {
      const question = ready(state, questionId, 'return');
      const by = role === 'moderator' ? 'bridgePoint' : 'city';
      if ((question.state === 'asked') !== (by === 'bridgePoint')) {
        throw new Refusal('wrong_state', { state: question.state, event: 'return' });
      }
      return [{ type: 'question.returned', payload: { questionId, by, reason } }];
    },
  },
  'question.accept': {
    object: ofQuestion,
    decide(state, { questionId }) {
      ready(state, questionId, 'accept');
      return [{ type: 'question.accepted', payload: { questionId, rank: rankAtEnd(state.queue) } }];
    },
  },
  'question.move': {
    object: ofQuestion,
    decide(state, { questionId, beforeQuestionId }) {
      ready(state, questionId, 'move');
      if (beforeQuestionId === questionId)
        throw new Refusal('invalid', { path: 'beforeQuestionId' });
      if (beforeQuestionId !== null) ready(state, beforeQuestionId, 'move');
      return moved(state, questionId, beforeQuestionId);
    },
  },
  'question.withdraw': {
    object: ofQuestion,
    decide(state, { questionId }) {
      ready(state, questionId, 'withdraw');
      return [{ type: 'question.withdrawn', payload: { questionId } }];
    },
  },
  'question.dispose': {
    object: ofQuestion,
    decide(state, { questionId, disposition }) {
      ready(state, questionId, 'dispose');
      return [{ type: 'question.disposed', payload: { questionId, disposition } }];
    },
  },
  'question.undispose': {
    object: ofQuestion,
    decide(state, { questionId }) {
      const question = ready(state, questionId, 'undispose');
      if (question.disposition === null) {
        throw new Refusal('wrong_state', { state: question.state, event: 'undispose' });
      }
      return [{ type: 'question.undisposed', payload: { questionId } }];
    },
  },
};

function decideAsk(
  state: DialogueState,
  payload: CommandPayload<'question.ask'>,
  { actor }: Context,
): EntryDraft[] {
  const { namePolicy } = existing(state);
  const { questionId, bridgePointId, text, field, onBehalfOf, handId } = payload;
  if (state.questions.has(questionId)) throw new Refusal('already_exists', { kind: 'question' });
  requireField(state, field);
  const byPerson = actor.kind === 'person';
  if (byPerson && (onBehalfOf || handId)) throw new Refusal('invalid', { path: 'onBehalfOf' });
  const hand = handId === undefined ? null : raisedHandIn(state, handId, bridgePointId);
  const person = byPerson
    ? state.persons.get(actor.personId)
    : hand?.personId
      ? state.persons.get(hand.personId)
      : undefined;
  if (byPerson) requireRoom(state, actor.personId);
  const name = onBehalfOf?.name ?? person?.name ?? hand?.name ?? null;
  const hidden = namePolicy === 'none' || payload.nameVisibility === 'none';
  if (namePolicy === 'required' && (name === null || hidden)) throw new Refusal('name_required');
  const drafts: EntryDraft[] = [
    {
      type: 'question.asked',
      payload: {
        questionId,
        bridgePointId,
        personId: person?.id ?? null,
        channel: byPerson ? 'phone' : hand ? 'hand' : 'onBehalf',
        text,
        field,
        asker: hidden ? null : name,
        nameVisibility: hidden ? 'none' : payload.nameVisibility,
      },
    },
  ];
  if (hand) drafts.push({ type: 'hand.lowered', payload: { handId: hand.id } });
  return drafts;
}

function raisedHandIn(state: DialogueState, handId: string, bridgePointId: string): Hand {
  const hand = state.hands.get(handId);
  if (hand?.bridgePointId !== bridgePointId) throw new Refusal('not_found', { kind: 'hand' });
  if (hand.loweredAt !== null) throw new Refusal('wrong_state', { state: 'lowered', event: 'ask' });
  return hand;
}

function requireRoom(state: DialogueState, personId: string): void {
  const own = [...(state.questionsByPerson.get(personId) ?? [])];
  const open = own.filter((id) => state.questions.get(id)?.state === 'asked').length;
  const limit =
    own.length >= maxQuestionsPerPerson
      ? maxQuestionsPerPerson
      : open >= maxOpenQuestionsPerPerson
        ? maxOpenQuestionsPerPerson
        : null;
  if (limit !== null) throw new Refusal('limit_reached', { limit });
}

function requireField(state: DialogueState, field: string | null | undefined): void {
  if (field !== undefined && field !== null && !existing(state).fields.includes(field)) {
    throw new Refusal('field_unknown', { field });
  }
}

function moved(state: DialogueState, questionId: string, beforeId: string | null): EntryDraft[] {
  const rank = rankBefore(state.queue, questionId, beforeId);
  if (rank !== null) return [{ type: 'question.moved', payload: { questionId, rank } }];
  const ranks = spreadRanks(state.queue);
  const spread = state.queue.map((question) => ({ ...question, rank: ranks[question.id] ?? 0 }));
  const roomy = rankBefore(spread, questionId, beforeId) ?? rankAtEnd(spread);
  return [
    { type: 'queue.spread', payload: { ranks } },
    { type: 'question.moved', payload: { questionId, rank: roomy } },
  ];
}
