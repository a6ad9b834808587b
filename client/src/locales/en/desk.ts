import type { TranslationOf } from '../locale.ts';
import type vi from '../vi/desk.ts';

export default {
  actionOf: '{action}: {title}',
  actions: {
    attendance: 'Attendance',
    briefing: 'Briefing',
    fairness: 'Fairness report',
    host: 'Open the stage',
    queue: 'Open the queue',
    record: 'Read the record',
    wall: 'Operator’s wall',
    recording: 'Recording',
    setup: 'Set up',
    steno: 'Stenography and interpreting',
    transcript: 'Transcript',
  },
  closed: {
    text: 'This account has no part in that dialogue, or its session was revoked. Please ask an administrator.',
    title: 'This dialogue cannot be opened',
  },
  copied: 'Copied',
  copy: 'Copy',
  empty: {
    admin:
      'Create the first dialogue, choose its host and secretaries, then import the list of bridge points.',
    create: 'Create a dialogue',
    member: 'Once you are made host, secretary or given another role, the dialogue appears here.',
    title: 'No dialogues yet',
  },
  found: '{count} found',
  groups: {
    coming: 'Coming',
    ended: 'Ended',
    now: 'Under way',
  },
  halls: '{count} bridge points',
  hello: 'Welcome, {name}.',
  home: 'My work',
  homeFailed: 'The dialogues could not be loaded',
  notFound: {
    back: 'Back to my work',
    text: 'The address may have changed or been copied in part.',
    title: 'No such page',
  },
  nothingNow: 'Nothing to do in this dialogue for now.',
  places: {
    dialogues: 'Dialogues',
    label: 'Places',
  },
  roles: {
    admin: 'Administrator',
    host: 'Host',
    officer: 'Assigned agency',
    operator: 'Operator',
    secretary: 'Secretary',
    supervisor: 'Supervisor',
  },
  showMore: 'Show {count} more',
  skip: 'Skip to content',
} satisfies TranslationOf<typeof vi>;
