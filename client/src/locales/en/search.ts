import type { TranslationOf } from '../locale.ts';
import type vi from '../vi/search.ts';

export default {
  anyDialogue: 'Every dialogue that I may read',
  at: 'at {time}',
  dialogue: 'Search in',
  failed: 'The search failed',
  found: '{count} found',
  foundMore: 'first {count} found',
  more: 'Show more',
  none: {
    inOne: 'Try other words, fewer words, or search in every dialogue.',
    text: 'Try other words, or fewer. Diacritics are not needed; all words must stand in one line.',
    title: 'Nobody said that',
  },
  placeholder: 'Type some words that were said, with or without diacritics',
  start: {
    nothing: 'Once a dialogue of yours has taken place, what was said in it can be found here.',
    text: 'For example: dredging the canals. A result leads to the very sentence, and plays from it where there is sound.',
    title: 'Find what was said',
  },
  text: 'Finds what was said, in the transcripts of every dialogue that you may read.',
  title: 'Search what was said',
} satisfies TranslationOf<typeof vi>;
