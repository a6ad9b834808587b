import type { Projector } from '../kernel/project.ts';

export const projectDeck: Projector<'deck'> = (deck) => {
  const { id } = deck;
  return (['desk', 'host'] as const).map((audience) => ({
    audience,
    collection: 'deck',
    id,
    value: deck,
  }));
};
