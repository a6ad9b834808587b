import type { TranslationOf } from '../locale.ts';
import type vi from '../vi/presentation.ts';

export default {
  decks: 'Documents to show',
  end: 'End the presentation',
  keys: 'While this panel is open, Page Up, Page Down and a presenter’s remote turn pages too.',
  next: 'Next page',
  none: {
    text: 'Upload a PDF or a picture to have it ready. The halls see it only once it is shown.',
    title: 'No documents yet',
  },
  notOpen: 'Can be shown once the doors of the dialogue are open.',
  now: 'The halls see now',
  open: 'Present',
  openShown: 'Presenting',
  page: '{title} · page {page} of {pages}',
  pages: '{count} pages',
  previous: 'Previous page',
  remove: {
    action: 'Remove the document',
    label: 'Remove the document {title}',
    text: '{title} leaves the list. If it is being shown, the presentation ends.',
    title: 'Remove this document?',
  },
  screen: 'The screen that is shown',
  screenShown: 'A computer’s screen is being shown.',
  share: {
    failed: 'The screen could not be sent. Check the browser’s permission to share and try again.',
    hint: 'The browser asks which screen, window or tab to share, and whether with its sound.',
    notLive: 'A screen can be shared while the dialogue is live.',
    replaced: 'Another computer shares its screen in place of this one.',
    sharing: 'The halls see this computer’s screen.',
    start: 'Share this computer’s screen',
    stop: 'Stop sharing the screen',
    title: 'Share the screen',
  },
  show: 'Show page {page} of {title}',
  title: 'Present to the halls',
  upload: {
    add: 'Upload a document',
    full: 'There are {count} documents already. Remove one, then upload.',
    hint: 'A PDF or a picture of at most 32 MB. Of more than 60 pages the first 60 are taken.',
    reading: 'The server is reading the pages…',
    sending: 'Uploading {percent} %',
    tooLarge: 'The file is larger than 32 MB. Make it smaller or split it.',
  },
} satisfies TranslationOf<typeof vi>;
