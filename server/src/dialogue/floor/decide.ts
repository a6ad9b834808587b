import {
  elapsedAt,
  longestBudgetMs,
  maxOnDeck,
  shortestBudgetMs,
  timeUpGraceMs,
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
import type { DialogueState, Question, Turn } from '../kernel/state.ts';
import { endPresentationOf } from '../presentation/decide.ts';
import { spokenMs } from './districts.ts';
import { takenUp } from './speaker.ts';

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
      // On deck since a while, its district may have spoken meanwhile.
      const budgetMs = questionBudget(state, question, context);
      drafts.push({ type: 'turn.called', payload: { turnId, budgetMs } });
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
          budgetMs: budgetOf(state, bridgePointId, existing(state).turnSeconds, context.now),
        }),
        { type: 'hand.lowered', payload: { handId } },
      ];
    },
  },
  'floor.reply': {
    object: ofDialogue,
    decide(state, { questionId, bridgePointId }, context) {
      const question = questionOf(state, questionId);
      if (question.turnId === null || !heardStates.includes(question.state)) {
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
      const question = questionId === undefined ? null : questionOf(state, questionId);
      // What is said on it is shown to everybody, its wording with it.
      if (question && !takenUp.includes(question.state)) {
        throw new Refusal('wrong_state', { state: question.state, event: 'hostTurn' });
      }
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
    decide(state, { turnId, reason }, { actor, now }) {
      const turn = turnOf(state, turnId);
      requireTransition(turnTransitions, turn.state, 'end');
      // Only the server has the clock; what a person ends, a person ended.
      const ended = actor.kind === 'system' ? (reason ?? 'timeUp') : 'person';
      if (ended === 'timeUp') requireTimeUp(state, turn, now);
      return [
        { type: 'turn.ended', payload: { turnId, reason: ended } },
        ...endPresentationOf(state, turn.bridgePointId),
      ];
    },
  },
  'floor.hold': {
    object: ofTurn,
    decide(state, { turnId, reason }, { actor }) {
      const turn = turnOf(state, turnId);
      requireTransition(turnTransitions, turn.state, 'hold');
      // Only the server sees a link; what a person holds, a person held.
      const held = actor.kind === 'system' ? reason : 'person';
      // Interrupted while its link is gone, a turn is no longer its hall's to resume.
      if (turn.state === 'held' && (held === 'linkLost' || turn.heldReason === 'person')) {
        throw new Refusal('wrong_state', { state: turn.state, event: 'hold' });
      }
      return [{ type: 'turn.held', payload: { turnId, reason: held } }];
    },
  },
  'floor.resume': {
    object: ofTurn,
    decide(state, { turnId }, { role }) {
      const { state: turnState, heldReason } = turnOf(state, turnId);
      requireTransition(turnTransitions, turnState, 'resume');
      // A hall opens its microphone again after a lost link, not after it was interrupted.
      if (role === 'moderator' && heldReason !== 'linkLost') {
        throw new Refusal('wrong_state', { state: 'interrupted', event: 'resume' });
      }
      return [{ type: 'turn.resumed', payload: { turnId } }];
    },
  },
};

/** The end of the turn on air or held, if there is one: the floor goes to the next in one step. */
function endOfCurrent(state: DialogueState): EntryDraft[] {
  const turnId = state.currentTurnId;
  if (turnId === null) return [];
  return [
    { type: 'turn.ended', payload: { turnId, reason: 'handover' } },
    ...endPresentationOf(state, turnOf(state, turnId).bridgePointId),
  ];
}

function handover(
  state: DialogueState,
  { newId }: Context,
  opened: Omit<EntryPayloads['turn.opened'], 'turnId'>,
): EntryDraft[] {
  const current = state.currentTurnId === null ? null : turnOf(state, state.currentTurnId);
  // Two people who give the same turn at the same moment give it once.
  if (current && isSame(current, opened)) {
    throw new Refusal('wrong_state', { state: current.state, event: opened.kind });
  }
  const turnId = newId();
  return [
    ...endOfCurrent(state),
    { type: 'turn.opened', payload: { turnId, ...opened } },
    { type: 'turn.called', payload: { turnId } },
  ];
}

function isSame(turn: Turn, opened: Omit<EntryPayloads['turn.opened'], 'turnId'>): boolean {
  const { kind, questionId, handId, bridgePointId } = turn;
  return (
    kind === opened.kind &&
    questionId === opened.questionId &&
    handId === opened.handId &&
    bridgePointId === opened.bridgePointId
  );
}

/** Refuses what a timer sent before it heard that the turn got more time, or was held. */
function requireTimeUp(state: DialogueState, turn: Turn, now: number): void {
  const isDue = elapsedAt(turn.clock, now) >= turn.budgetMs + timeUpGraceMs;
  if (turn.state !== 'onAir' || existing(state).rules.timeUp !== 'end' || !isDue) {
    throw new Refusal('wrong_state', { state: turn.state, event: 'timeUp' });
  }
}

function prepared(
  state: DialogueState,
  question: Question,
  context: Context,
): { turnId: string; draft: EntryDraft } {
  const turnId = context.newId();
  const budgetMs = questionBudget(state, question, context);
  return {
    turnId,
    draft: { type: 'turn.prepared', payload: { turnId, questionId: question.id, budgetMs } },
  };
}

function questionBudget(
  state: DialogueState,
  { bridgePointId }: Question,
  { now }: Context,
): number {
  return budgetOf(state, bridgePointId, existing(state).turnSeconds, now);
}

function budgetOf(
  state: DialogueState,
  bridgePointId: string,
  seconds: number,
  now: number,
): number {
  const { districtSeconds } = existing(state).rules;
  const { district } = bridgePointOf(state, bridgePointId);
  return turnBudgetMs(
    seconds * 1_000,
    districtSeconds === null ? null : districtSeconds * 1_000,
    spokenMs(state, district, now),
  );
}
