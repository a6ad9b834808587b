import type { TranslationOf } from '../locale.ts';
import type vi from '../vi/steno.ts';

export default {
  back: 'Queue',
  field: {
    add: 'Add line',
    closed: 'Lines can be typed while the dialogue is on',
    label: 'Line being typed',
    placeholder: 'Type what is said, Enter adds the line',
  },
  keys: {
    add: 'Add the line being typed',
    addOther: 'Add the line for the other side (head table or hall)',
    hall: 'Speaker: the hall on air',
    host: 'Speaker: the leader',
    names: 'Speaker: the names given',
    title: 'Keys',
    turn: 'Take the turn to type',
    unexpanded: 'Take back the abbreviation that was written out',
  },
  lines: 'Lines typed so far',
  source: 'What is said, in Vietnamese',
  speakers: {
    add: 'Name at the head table',
    addAction: 'Add the name',
    host: 'Leader',
    noHall: 'No hall has the floor',
    remove: 'Remove {name}',
    title: 'Who speaks',
  },
  title: 'Stenography and interpreting',
  track: 'Language typed',
  turn: {
    other: 'It is {name}’s turn',
    own: 'It is your turn',
    since: 'For {time}',
    take: 'Take the turn (F10)',
    title: 'Turn to type',
    waiting: 'Waiting: {names}',
  },
} satisfies TranslationOf<typeof vi>;
