import type { TranslationOf } from '../locale.ts';
import type vi from '../vi/states.ts';

export default {
  dialogue: {
    draft: 'In preparation',
    ended: 'Ended',
    live: 'Live',
    open: 'Open for joining',
    paused: 'Paused',
  },
  disposition: {
    answeredHere: 'Answered here',
    assigned: 'Assigned to an agency',
    escalated: 'Escalated in writing',
    outside: 'Outside this dialogue',
  },
  interrupted: 'Interrupted · turn kept',
  muted: 'Muted by the technicians',
  question: {
    accepted: 'In the queue',
    asked: 'Sent to the bridge point',
    disposed: 'Disposition given',
    forwarded: 'Forwarded to the city',
    heard: 'Heard, disposition owed',
    merged: 'Merged',
    onAir: 'Speaking now',
    onDeck: 'About to speak',
    returned: 'Returned',
    withdrawn: 'Withdrawn',
  },
  tally: {
    done: 'Done',
    held: 'Link lost · turn kept',
    offline: 'Offline',
    onAir: 'ON AIR · microphone open',
    onDeck: 'Get ready · next turn',
    standby: 'Standby · microphone off',
  },
  turnKind: {
    hand: 'Raised hand',
    host: 'The host speaks',
    question: 'Question',
    reply: 'Reply',
  },
} satisfies TranslationOf<typeof vi>;
