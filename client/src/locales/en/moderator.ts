import type { TranslationOf } from '../locale.ts';
import type vi from '../vi/moderator.ts';

export default {
  title: 'Bridge point',
} satisfies TranslationOf<typeof vi>;
