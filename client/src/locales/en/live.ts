import type { TranslationOf } from '../locale.ts';
import type vi from '../vi/live.ts';

export default {
  assign: {
    dayWrong: 'Not a day, or past',
    days: '{count} days',
    due: 'Deadline',
    other: 'Assign to: {agency}',
    otherDay: 'Or day/month/year',
    search: 'Find, or type another agency’s name',
    text: 'Tap the agency to assign it, due {date}.',
    title: 'Assign to an agency',
  },
  disposition: 'Disposition',
  escalate: {
    choices: {
      assembly: 'City People’s Council',
      government: 'Government',
      ministry: 'Ministries and central agencies',
      parliament: 'National Assembly',
      province: 'City Party Committee, City People’s Committee',
    },
    other: 'Another recipient',
    text: 'Tap whom the letter goes to.',
    title: 'Escalate in writing',
  },
  kindHints: {
    answeredHere: 'In this dialogue',
    assigned: 'Choose agency and deadline',
    escalated: 'Choose to whom',
    outside: 'Choose a reason',
  },
  kinds: {
    answeredHere: 'Answered',
    assigned: 'Assign to an agency',
    escalated: 'Escalate',
    outside: 'Outside this dialogue',
  },
  outside: {
    choices: {
      answered: 'Already answered in writing',
      authority: 'Not within our authority',
      court: 'Before a court or an investigating body',
      repeated: 'Same as a question already heard',
      topic: 'Not a topic of this dialogue',
    },
    other: 'Another reason',
    text: 'The asker will read this reason.',
    title: 'Outside this dialogue',
  },
  readiness: {
    noCamera: 'no picture',
    noMicrophone: 'no sound',
    offline: 'offline',
    ready: 'ready',
    unknown: 'not known',
  },
  record: 'Record it',
  refused: 'That was not done',
  refusedKept: 'Something given before the page was reloaded was not done',
  turnKept: 'Turn kept · microphone off',
  undo: 'Undo',
  undoLate: 'Too late to undo',
  undoLateReason: 'The question has moved on.',
} satisfies TranslationOf<typeof vi>;
