import type { TranslationOf } from '../locale.ts';
import type vi from '../vi/phone.ts';

export default {
  ask: {
    empty: 'Not in a dialogue yet',
    emptyText: 'Scan the QR code in the hall to ask a question.',
  },
  follow: {
    empty: 'No questions yet',
    emptyText: 'Your questions and the live captions appear here.',
  },
  hand: {
    empty: 'Not in a dialogue yet',
    emptyText: 'Scan the QR code in the hall to raise your hand.',
  },
  tabs: {
    ask: 'Ask',
    follow: 'Follow',
    hand: 'Hand',
    label: 'Places',
  },
} satisfies TranslationOf<typeof vi>;
