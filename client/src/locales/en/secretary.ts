import type { TranslationOf } from '../locale.ts';
import type vi from '../vi/secretary.ts';

export default {
  title: 'Question queue',
} satisfies TranslationOf<typeof vi>;
