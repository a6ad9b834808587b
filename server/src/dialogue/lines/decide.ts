import { type LineEvent, lineTransitions } from '@nhip-cau/shared/model/lines';
import type { CommandName } from '@nhip-cau/shared/protocol/commands';
import { type Actor, nameOf } from '../kernel/actor.ts';
import { bridgePointOf, existing, type Handlers, requireTransition } from '../kernel/handler.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { DialogueState } from '../kernel/state.ts';
import { sideOf } from './side.ts';

/** Messages of one hall's line in one dialogue: each stays in the log. */
export const maxMessages = 2_000;

const ofHall = (state: DialogueState, { bridgePointId }: { bridgePointId: string }) => ({
  dialogueId: existing(state).id,
  bridgePointId: bridgePointOf(state, bridgePointId).id,
});

export const lineHandlers: Handlers<Extract<CommandName, `line.${string}`>> = {
  'line.say': {
    object: ofHall,
    decide(state, { messageId, bridgePointId, text }, { actor }) {
      if (state.lineMessages.has(messageId)) {
        throw new Refusal('already_exists', { kind: 'message' });
      }
      if ((state.messagesByHall.get(bridgePointId)?.length ?? 0) >= maxMessages) {
        throw new Refusal('limit_reached', { limit: maxMessages });
      }
      const payload = { messageId, bridgePointId, from: sideOf(actor), by: nameOf(actor), text };
      return [{ type: 'line.said', payload }];
    },
  },
  'line.ring': {
    object: ofHall,
    decide(state, { bridgePointId }, { actor }) {
      require(state, bridgePointId, 'ring');
      const by = sideOf(actor);
      const { accountId, name } = deskEnd(state, actor);
      return [{ type: 'line.rung', payload: { bridgePointId, by, accountId, name } }];
    },
  },
  'line.answer': {
    object: ofHall,
    decide(state, { bridgePointId }, { actor }) {
      const line = require(state, bridgePointId, 'answer');
      // Only who was rung can say that they are there.
      if (line?.rungBy === sideOf(actor)) {
        throw new Refusal('wrong_state', { state: 'ringing', event: 'answer' });
      }
      const { accountId, name } = actor.kind === 'staff' ? deskEnd(state, actor) : line!;
      return [{ type: 'line.answered', payload: { bridgePointId, accountId: accountId!, name } }];
    },
  },
  'line.hangUp': {
    object: ofHall,
    decide(state, { bridgePointId }) {
      require(state, bridgePointId, 'hangUp');
      return [{ type: 'line.hungUp', payload: { bridgePointId } }];
    },
  },
  'line.drop': {
    object: ofHall,
    decide(state, { bridgePointId, since, reason }) {
      const line = require(state, bridgePointId, 'hangUp');
      if (line?.since !== since) {
        throw new Refusal('wrong_state', { state: line?.state ?? 'idle', event: 'drop' });
      }
      return [{ type: 'line.hungUp', payload: { bridgePointId, reason } }];
    },
  },
};

function require(state: DialogueState, bridgePointId: string, event: LineEvent) {
  const line = state.voiceLines.get(bridgePointId);
  requireTransition(lineTransitions, line?.state ?? 'idle', event);
  return line;
}

/** Who is at the desk's end: one talk at a time each, or one voice would go to two halls. */
function deskEnd(state: DialogueState, actor: Actor) {
  if (actor.kind !== 'staff') return { accountId: null, name: null };
  const { accountId } = actor;
  for (const line of state.voiceLines.values()) {
    if (line.accountId === accountId && line.state !== 'idle') {
      throw new Refusal('already_exists', { kind: 'line', id: line.id });
    }
  }
  return { accountId, name: nameOf(actor) };
}
