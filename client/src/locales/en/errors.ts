import type { TranslationOf } from '../locale.ts';
import type vi from '../vi/errors.ts';

export default {
  offline:
    'Not sent: the connection is lost. The text is kept on this device and will be sent again by itself.',
  unexpected: 'Something unexpected went wrong. What was saved is safe; please try again.',
} satisfies TranslationOf<typeof vi>;
