import type { TranslationOf } from '../locale.ts';
import type vi from '../vi/line.ts';

export default {
  answer: 'Answer',
  busy: '{name} is talking with this hall.',
  called: {
    desk: 'The hall is calling.',
    hall: '{name} is calling. The private line’s microphone opens only when you press Answer.',
  },
  cancel: 'Stop calling',
  decline: 'Decline',
  failed: 'The microphone could not be opened for the private line. Check it, then press Talk.',
  hangUp: 'Hang up',
  messages: 'Messages',
  none: {
    desk: 'No messages with this hall yet.',
    hall: 'Write to the city’s technicians when you need help. The audience cannot read it.',
  },
  open: {
    desk: 'Talking in private. No other hall hears it.',
    hall: 'Talking with the technicians in private. No other hall hears it.',
  },
  over: {
    desk: {
      gone: 'The call ended at {time}: the hall’s computer lost its connection.',
      hungUp: 'The hall ended the call at {time}.',
      ownGone: 'The call ended at {time}: the technician’s computer lost its connection.',
    },
    hall: {
      gone: 'The call ended at {time}: the city technician’s computer lost its connection.',
      hungUp: 'The city’s technicians ended the call at {time}.',
      ownGone: 'The call ended at {time}: this hall’s computer lost its connection.',
    },
  },
  own: 'Me',
  placeholder: {
    desk: 'Write to the hall’s technician',
    hall: 'Write to the city’s technicians',
  },
  replaced: {
    desk: 'Another page of this account is talking. Press Talk to talk from this one.',
    hall: 'Another computer of this hall is talking with the technicians. Press Talk to talk from this one.',
  },
  ring: {
    desk: 'Call the hall',
    hall: 'Call the technicians',
  },
  ringing: 'Calling, waiting for an answer…',
  send: 'Send message',
  side: {
    desk: 'City technicians',
    hall: 'Hall',
  },
  talk: 'Talk',
  unread: '{count} new',
} satisfies TranslationOf<typeof vi>;
