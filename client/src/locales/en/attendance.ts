import type { TranslationOf } from '../locale.ts';
import type vi from '../vi/attendance.ts';

export default {
  columns: {
    actions: 'Actions',
    came: 'Came',
    expected: 'Expected',
    hall: 'Bridge point',
    headcount: 'Headcount',
    joined: 'Phones',
    peak: 'Peak',
    present: 'Present',
    reportedAt: 'Reported',
  },
  correct: {
    count: 'People present',
    failed: 'Not corrected',
    of: 'Correct the headcount of {name}',
    reason: 'Reason',
    text: 'The old number, the reason and who corrected it are kept.',
    title: 'Correct the headcount',
  },
  downloads: {
    csv: 'CSV',
    people: 'CSV of people',
    xlsx: 'Excel',
  },
  failed: 'The attendance could not be opened',
  noMatch: 'No bridge point found',
  noMatchText: 'Try another name, or clear the search.',
  open: 'Attendance',
  search: 'Find a district or bridge point',
  title: 'Attendance',
  totals: {
    came: 'Came',
    expected: 'Expected',
    headcount: 'Headcount',
    joined: 'Phones joined',
    peak: 'Most at once',
    present: 'Present',
    reported: 'Halls reported',
    reportedOf: '{count} of {of}',
  },
  trail: {
    change: '{of}: {from} → {to}',
    none: 'Nothing has been corrected.',
    nothing: 'nothing',
    of: {
      headcount: 'Headcount',
      joinedAt: 'Came at',
      leftAt: 'Left at',
      name: 'Name',
    },
    removed: 'Taken off the list',
    role: {
      moderator: 'Moderator',
      secretary: 'Secretary',
    },
    title: 'History of corrections',
    why: 'Why: {reason}',
  },
  unnamed: 'No name given',
} satisfies TranslationOf<typeof vi>;
