import type { Reducers } from '../kernel/entries.ts';
import { inLog } from '../kernel/reduce.ts';

export const presentationReducers: Reducers<
  'deck.added' | 'deck.removed' | 'presentation.changed'
> = {
  'deck.added': (state, { payload: { deckId: id, title, pages } }) => {
    state.decks.set(id, { id, title, pages });
    state.touch('deck', id);
  },
  'deck.removed': (state, { payload: { deckId } }) => {
    state.decks.delete(deckId);
    state.touch('deck', deckId);
  },
  'presentation.changed': (state, { payload: { presentation } }) => {
    inLog(state.dialogue ?? undefined, state.id).presentation = presentation;
    state.touch('dialogue', state.id);
  },
};
