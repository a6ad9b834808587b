import type { TranslationOf } from '../locale.ts';
import type vi from '../vi/people.ts';

export default {
  title: {
    pair: 'Pair a bridge point',
    signIn: 'Sign in',
  },
} satisfies TranslationOf<typeof vi>;
