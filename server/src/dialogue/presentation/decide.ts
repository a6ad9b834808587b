import { maxDecks, type Presentation } from '@nhip-cau/shared/model/presentation';
import type { presentationCommands } from '@nhip-cau/shared/protocol/presentation';
import type { Actor } from '../kernel/actor.ts';
import type { EntryDraft } from '../kernel/entries.ts';
import { bridgePointOf, existing, type Handlers } from '../kernel/handler.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Deck, DialogueState } from '../kernel/state.ts';

const object = (state: DialogueState) => ({ dialogueId: existing(state).id });

export const presentationHandlers: Handlers<keyof typeof presentationCommands> = {
  'presentation.addDeck': {
    object,
    decide(state, { deckId, title, pages }) {
      if (state.decks.has(deckId)) throw new Refusal('already_exists', { kind: 'deck' });
      if (state.decks.size >= maxDecks) throw new Refusal('limit_reached', { limit: maxDecks });
      return [{ type: 'deck.added', payload: { deckId, title, pages } }];
    },
  },
  'presentation.removeDeck': {
    object,
    decide(state, { deckId }) {
      deckOf(state, deckId);
      const shown = existing(state).presentation;
      const isShown = shown?.kind === 'deck' && shown.deckId === deckId;
      return [...(isShown ? show(null) : []), { type: 'deck.removed', payload: { deckId } }];
    },
  },
  'presentation.showDeck': {
    object,
    decide(state, { deckId, page }) {
      const { title, pages } = deckOf(state, deckId);
      if (page > pages) throw new Refusal('not_found', { kind: 'page' });
      return change(state, { kind: 'deck', deckId, title, page, pages });
    },
  },
  'presentation.showScreen': {
    object: (state, { bridgePointId }) => ({
      dialogueId: existing(state).id,
      bridgePointId: bridgePointOf(state, bridgePointId).id,
    }),
    decide(state, { bridgePointId }, { actor }) {
      if (actor.kind === 'device') requireFloor(state, bridgePointId);
      return change(state, { kind: 'screen', bridgePointId });
    },
  },
  'presentation.end': {
    object: (state) => {
      const shown = existing(state).presentation;
      return {
        dialogueId: existing(state).id,
        bridgePointId: shown?.kind === 'screen' ? shown.bridgePointId : null,
      };
    },
    decide(state, _payload, { actor }) {
      const shown = existing(state).presentation;
      if (shown === null) throw new Refusal('wrong_state', { state: 'off', event: 'end' });
      if (actor.kind === 'device') requireOwn(actor, shown);
      return show(null);
    },
  },
  'presentation.drop': {
    object: (state, { bridgePointId }) => ({
      dialogueId: existing(state).id,
      bridgePointId: bridgePointOf(state, bridgePointId).id,
    }),
    decide(state, { bridgePointId }) {
      const shown = existing(state).presentation;
      if (shown?.kind !== 'screen' || shown.bridgePointId !== bridgePointId) {
        throw new Refusal('wrong_state', { state: shown?.kind ?? 'off', event: 'drop' });
      }
      return [
        { type: 'presentation.changed', payload: { presentation: null, reason: 'screenGone' } },
      ];
    },
  },
};

/** What is shown of a hall ends with its turn; the head table's stays. */
export function endPresentationOf(state: DialogueState, bridgePointId: string): EntryDraft[] {
  const { presentation, centralBridgePointId } = existing(state);
  if (presentation?.kind !== 'screen' || bridgePointId === centralBridgePointId) return [];
  return presentation.bridgePointId === bridgePointId ? show(null) : [];
}

function change(state: DialogueState, presentation: Presentation): EntryDraft[] {
  const shown = existing(state).presentation;
  return JSON.stringify(shown) === JSON.stringify(presentation) ? [] : show(presentation);
}

function show(presentation: Presentation | null): EntryDraft[] {
  return [{ type: 'presentation.changed', payload: { presentation } }];
}

function deckOf(state: DialogueState, deckId: string): Deck {
  const deck = state.decks.get(deckId);
  if (!deck) throw new Refusal('not_found', { kind: 'deck', id: deckId });
  return deck;
}

function requireFloor(state: DialogueState, bridgePointId: string): void {
  const turn = state.currentTurnId === null ? undefined : state.turns.get(state.currentTurnId);
  if (turn?.bridgePointId === bridgePointId && turn.state === 'onAir') return;
  throw new Refusal('wrong_state', { kind: 'turn' });
}

function requireOwn(actor: Extract<Actor, { kind: 'device' }>, shown: Presentation): void {
  if (shown.kind === 'screen' && shown.bridgePointId === actor.bridgePointId) return;
  throw new Refusal('not_allowed');
}
