import type { TranslationOf } from '../locale.ts';
import type vi from '../vi/screen.ts';

export default {
  blind: 'The server is in trouble, microphones are closed. Recovering…',
  captions: { leader: 'Leader' },
  connected: '{count} of {of} halls connected',
  ended: { text: 'Thank you for taking part.', title: 'The dialogue has ended' },
  join: {
    address: 'or open {address}',
    code: 'Join code',
    label: 'Join code',
    title: 'Scan to ask a question',
  },
  keys: {
    contrast: 'Colours of captions',
    contrasts: { dark: 'white on black', page: 'as the screen', yellow: 'yellow on black' },
    fullscreen: 'Full screen',
    help: 'Keys of this screen',
    hide: 'This goes by itself; at once by {help} or {leave}',
    later: 'While the screen runs, it is set by these keys (? shows them again)',
    size: 'Size of captions',
    sizes: { large: 'large, two rows', usual: 'usual, three rows' },
    theme: 'Background',
    themes: { dark: 'dark', light: 'light' },
    track: 'Language of captions',
  },
  leader: 'Head table',
  next: { here: 'this hall', none: 'Nobody is next yet', onDeck: 'getting ready', title: 'Next' },
  own: {
    held: 'This hall’s turn is kept · microphone off',
    onAir: 'This hall is ON AIR · microphone open',
    onDeck: 'This hall is about to speak',
  },
  paused: { text: 'It goes on in a few minutes.', title: 'The dialogue is paused' },
  presented: { page: '{title} · page {page} of {pages}', screen: 'The screen that is shown' },
  reconnecting: 'Reconnecting…',
  revoked: {
    text: 'Ask the secretariat for a new pairing code.',
    title: 'This screen’s session has ended',
  },
  shared: '{people} people ask this',
  sharedAcross: '{people} people in {halls} halls ask this',
  start: {
    button: 'Start',
    text: 'One click lets this screen play sound. From then on it runs by itself.',
    title: 'Hall screen',
  },
  startsAt: 'Starts at {time}',
  theme: { dark: 'Dark', light: 'Light' },
  unpaired: {
    action: 'Pair this computer',
    text: 'Pair it with the secretariat’s code, or open the screen from the hall’s page.',
    title: 'This screen belongs to no hall yet',
  },
  waiting: 'Waiting for the dialogue to begin',
} satisfies TranslationOf<typeof vi>;
