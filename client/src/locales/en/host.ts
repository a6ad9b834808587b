import type { TranslationOf } from '../locale.ts';
import type vi from '../vi/host.ts';

export default {
  title: 'Host',
} satisfies TranslationOf<typeof vi>;
