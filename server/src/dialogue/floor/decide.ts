import {
  longestBudgetMs,
  maxOnDeck,
  shortestBudgetMs,
  turnBudgetMs,
  turnTransitions,
} from '@nhip-cau/shared/model/floor';
import { questionTransitions } from '@nhip-cau/shared/model/questions';
import type { EntryDraft, EntryPayloads } from '../kernel/entries.ts';
import {
  bridgePointOf,
  type Context,
  existing,
  handOf,
  type Handlers,
  questionOf,
  requireTransition,
  turnOf,
} from '../kernel/handler.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { DialogueState, Question } from '../kernel/state.ts';
import { spokenMs } from './districts.ts';

type Names = Extract<keyof typeof import('@nhip-cau/shared/protocol/floor').floorCommands, string>;

/** Questions that were heard: what is said on them now is a reply. */
const heardStates: readonly string[] = ['heard', 'disposed'];

const ofDialogue = (state: DialogueState) => ({ dialogueId: existing(state).id });

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
      const drafts = endOfCurrent(state);
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
  'floor.callHand': {
    object: ofDialogue,
    decide(state, { handId }, context) {
      const hand = handOf(state, handId);
      if (hand.loweredAt !== null) {
        throw new Refusal('wrong_state', { state: 'lowered', event: 'call' });
      }
      const { bridgePointId } = hand;
      return [
        ...handover(state, context, {
          kind: 'hand',
          questionId: null,
          handId,
          bridgePointId,
          budgetMs: budgetOf(state, bridgePointId, existing(state).turnSeconds),
        }),
        { type: 'hand.lowered', payload: { handId } },
      ];
    },
  },
  'floor.reply': {
    object: ofDialogue,
    decide(state, { questionId, bridgePointId }, context) {
      const question = questionOf(state, questionId);
      if (!heardStates.includes(question.state)) {
        throw new Refusal('wrong_state', { state: question.state, event: 'reply' });
      }
      const hall = bridgePointOf(state, bridgePointId ?? question.bridgePointId);
      return handover(state, context, {
        kind: 'reply',
        questionId,
        handId: null,
        bridgePointId: hall.id,
        budgetMs: existing(state).rules.replySeconds * 1_000,
      });
    },
  },
  'floor.hostTurn': {
    object: ofDialogue,
    decide(state, { questionId }, context) {
      if (questionId !== undefined) questionOf(state, questionId);
      const { centralBridgePointId, rules } = existing(state);
      return handover(state, context, {
        kind: 'host',
        questionId: questionId ?? null,
        handId: null,
        bridgePointId: centralBridgePointId,
        budgetMs: rules.hostSeconds * 1_000,
      });
    },
  },
  'floor.extend': {
    object: ofTurn,
    decide(state, { turnId, seconds }) {
      const turn = turnOf(state, turnId);
      requireTransition(turnTransitions, turn.state, 'extend');
      const ms = seconds * 1_000;
      const budgetMs = turn.budgetMs + ms;
      if (budgetMs < shortestBudgetMs || budgetMs > longestBudgetMs) {
        throw new Refusal('limit_reached', { limit: ms < 0 ? shortestBudgetMs : longestBudgetMs });
      }
      return [{ type: 'turn.extended', payload: { turnId, ms } }];
    },
  },
  'floor.end': {
    object: ofTurn,
    decide(state, { turnId, reason }, { actor }) {
      requireTransition(turnTransitions, turnOf(state, turnId).state, 'end');
      // Only the server has the clock; what a person ends, a person ended.
      const ended = actor.kind === 'system' ? (reason ?? 'timeUp') : 'person';
      return [{ type: 'turn.ended', payload: { turnId, reason: ended } }];
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

/** The end of the turn on air or held, if there is one: the floor goes to the next in one step. */
function endOfCurrent(state: DialogueState): EntryDraft[] {
  const turnId = state.currentTurnId;
  return turnId === null ? [] : [{ type: 'turn.ended', payload: { turnId, reason: 'handover' } }];
}

function handover(
  state: DialogueState,
  { newId }: Context,
  opened: Omit<EntryPayloads['turn.opened'], 'turnId'>,
): EntryDraft[] {
  const turnId = newId();
  return [
    ...endOfCurrent(state),
    { type: 'turn.opened', payload: { turnId, ...opened } },
    { type: 'turn.called', payload: { turnId } },
  ];
}

function prepared(
  state: DialogueState,
  question: Question,
  { newId }: Context,
): { turnId: string; draft: EntryDraft } {
  const turnId = newId();
  const budgetMs = budgetOf(state, question.bridgePointId, existing(state).turnSeconds);
  return {
    turnId,
    draft: { type: 'turn.prepared', payload: { turnId, questionId: question.id, budgetMs } },
  };
}

function budgetOf(state: DialogueState, bridgePointId: string, seconds: number): number {
  const { districtSeconds } = existing(state).rules;
  const { district } = bridgePointOf(state, bridgePointId);
  return turnBudgetMs(
    seconds * 1_000,
    districtSeconds === null ? null : districtSeconds * 1_000,
    spokenMs(state, district),
  );
}
