import type { TranslationOf } from '../locale.ts';
import type vi from '../vi/watch.ts';

export default {
  captions: 'Captions',
  captionsOff: 'Captions off',
  ended: 'The broadcast has ended. Thank you for watching.',
  leader: 'Leader',
  loading: 'Loading the picture…',
  sound: 'Turn the sound on',
  title: 'Watch live',
  unsupported: 'This browser cannot play it. Please use a current Chrome, Firefox, Edge or Safari.',
  waiting: 'Nothing is broadcast at this address yet. The page begins by itself when it is.',
} satisfies TranslationOf<typeof vi>;
