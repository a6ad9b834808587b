import type { TranslationOf } from '../locale.ts';
import type vi from '../vi/admin.ts';

export default {
  title: {
    accounts: 'Accounts',
    dialogues: 'Dialogues',
    posters: 'QR posters',
    sessions: 'Sessions',
    setup: 'Dialogue set-up',
  },
} satisfies TranslationOf<typeof vi>;
