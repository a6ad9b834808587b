import type { TranslationOf } from '../locale.ts';
import type vi from '../vi/desk.ts';

export default {
  home: 'My work',
  notFound: {
    back: 'Back to my work',
    text: 'The address may have changed or been copied in part.',
    title: 'No such page',
  },
  skip: 'Skip to content',
} satisfies TranslationOf<typeof vi>;
