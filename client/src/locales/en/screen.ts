import type { TranslationOf } from '../locale.ts';
import type vi from '../vi/screen.ts';

export default {
  waiting: 'Waiting for the dialogue to begin',
  waitingText: 'This screen follows by itself.',
} satisfies TranslationOf<typeof vi>;
