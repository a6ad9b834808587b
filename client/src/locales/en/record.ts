import type { TranslationOf } from '../locale.ts';
import type vi from '../vi/record.ts';

export default {
  title: 'Record',
} satisfies TranslationOf<typeof vi>;
