import { maxOnDeck, turnTransitions } from '@nhip-cau/shared/model/floor';
import { questionTransitions } from '@nhip-cau/shared/model/questions';
import type { EntryDraft } from '../kernel/entries.ts';
import {
  type Context,
  existing,
  type Handlers,
  questionOf,
  requireTransition,
  turnOf,
} from '../kernel/handler.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { DialogueState, Question } from '../kernel/state.ts';

type Names = Extract<keyof typeof import('@nhip-cau/shared/protocol/floor').floorCommands, string>;

const ofTurn = (state: DialogueState, { turnId }: { turnId: string }) => ({
  dialogueId: existing(state).id,
  bridgePointId: turnOf(state, turnId).bridgePointId,
});

const ofQuestion = (state: DialogueState, { questionId }: { questionId: string }) => ({
  dialogueId: existing(state).id,
  bridgePointId: questionOf(state, questionId).bridgePointId,
});

export const floorHandlers: Handlers<Names> = {
  'floor.prepare': {
    object: ofQuestion,
    decide(state, { questionId }, context) {
      const question = questionOf(state, questionId);
      requireTransition(questionTransitions, question.state, 'prepare');
      if (state.onDeckTurnIds.size >= maxOnDeck) {
        throw new Refusal('deck_full', { limit: maxOnDeck });
      }
      return [prepared(state, question, context).draft];
    },
  },
  'floor.release': {
    object: ofTurn,
    decide(state, { turnId }) {
      requireTransition(turnTransitions, turnOf(state, turnId).state, 'release');
      return [{ type: 'turn.released', payload: { turnId } }];
    },
  },
  'floor.call': {
    object: ofQuestion,
    decide(state, { questionId }, context) {
      const question = questionOf(state, questionId);
      requireTransition(questionTransitions, question.state, 'call');
      const drafts: EntryDraft[] = [];
      if (state.currentTurnId !== null) {
        drafts.push({ type: 'turn.ended', payload: { turnId: state.currentTurnId } });
      }
      let turnId = question.state === 'onDeck' ? question.turnId : null;
      if (turnId === null) {
        const preparation = prepared(state, question, context);
        turnId = preparation.turnId;
        drafts.push(preparation.draft);
      }
      drafts.push({ type: 'turn.called', payload: { turnId } });
      return drafts;
    },
  },
  'floor.end': {
    object: ofTurn,
    decide(state, { turnId }) {
      requireTransition(turnTransitions, turnOf(state, turnId).state, 'end');
      return [{ type: 'turn.ended', payload: { turnId } }];
    },
  },
  'floor.hold': {
    object: ofTurn,
    decide(state, { turnId, reason }, { actor }) {
      requireTransition(turnTransitions, turnOf(state, turnId).state, 'hold');
      // Only the server sees a link; what a person holds, a person held.
      const held = actor.kind === 'system' ? reason : 'person';
      return [{ type: 'turn.held', payload: { turnId, reason: held } }];
    },
  },
  'floor.resume': {
    object: ofTurn,
    decide(state, { turnId }) {
      requireTransition(turnTransitions, turnOf(state, turnId).state, 'resume');
      return [{ type: 'turn.resumed', payload: { turnId } }];
    },
  },
};

function prepared(
  state: DialogueState,
  question: Question,
  { newId }: Context,
): { turnId: string; draft: EntryDraft } {
  const turnId = newId();
  const budgetMs = existing(state).turnSeconds * 1_000;
  return {
    turnId,
    draft: { type: 'turn.prepared', payload: { turnId, questionId: question.id, budgetMs } },
  };
}
