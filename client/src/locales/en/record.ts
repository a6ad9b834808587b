import type { TranslationOf } from '../locale.ts';
import type vi from '../vi/record.ts';

export default {
  attendance: {
    district: 'District',
    expected: 'Expected',
    hall: 'Bridge point',
    headcount: 'Present',
    headcountAt: 'Reported at',
    joined: 'Phones joined',
    search: 'Find a bridge point',
    total: 'All bridge points',
  },
  downloads: {
    json: {
      full: 'Download the whole record (JSON)',
      short: 'Record (JSON)',
    },
    text: {
      full: 'Download the transcript as text',
      short: 'Transcript (text)',
    },
    vtt: {
      full: 'Download the captions as WebVTT',
      short: 'Captions (WebVTT)',
    },
  },
  empty: {
    filtered: 'No question matches',
    filteredText: 'Loosen the filters or try other words.',
    questions: 'No questions yet',
    transcript: 'No transcript lines yet',
    turns: 'No turns yet',
  },
  failed: 'The record could not be loaded',
  figures: {
    attendance: 'Attendance',
    halls: 'Bridge points',
    hallsHeard: '{count} have spoken',
    heard: '{count} heard',
    joined: 'Phones joined',
    joinedNote: 'by the halls’ QR codes',
    label: 'Figures',
    questions: 'Questions',
    reported: '{count} reported · {expected} expected',
    spoken: 'Time spoken',
    turns: '{count} turns',
  },
  filters: {
    anyField: 'Any field',
    anyOutcome: 'Any disposition',
    field: 'Field',
    outcome: 'Disposition',
    search: 'Find in words, halls, askers',
  },
  outcomes: {
    merged: 'Merged with another question',
    owed: 'Disposition owed',
    returned: 'Returned',
    withdrawn: 'Withdrawn',
  },
  parts: 'Parts of the record',
  question: {
    asked: 'asked at {time}',
    assigned: '{agency}, due {date}',
    called: 'heard at {time}',
    original: 'The asker’s own words',
  },
  soFar: 'The dialogue has not ended: this is the record up to now.',
  tabs: {
    attendance: 'Attendance',
    questions: 'Questions',
    transcript: 'Transcript',
    turns: 'Turns',
  },
  title: 'Record',
  transcript: {
    host: 'Head table',
    search: 'Find in the transcript',
  },
  turns: {
    calledAt: 'Began',
    endedAt: 'Ended',
    hall: 'Hall, asker',
    number: 'Turn',
    question: 'Question',
    spoken: 'Spoken',
  },
} satisfies TranslationOf<typeof vi>;
