import type { TranslationOf } from '../locale.ts';
import type vi from '../vi/moderator.ts';

export default {
  attendance: {
    count: 'People present',
    expected: '{count} expected',
    joined: '{count} phones have joined',
    never: 'Attendance not reported yet',
    report: 'Report',
    reportedAt: 'Reported {count} people at {time}',
    title: 'Attendance',
  },
  banner: {
    calledNotSending: {
      detail: 'This hall was called. Turn on its camera and microphone now.',
      title: 'YOUR TURN · microphone not on',
    },
    connecting: {
      detail: 'What you typed is kept on this computer.',
      title: 'Connecting · microphone off',
    },
    ended: {
      detail: 'Thank you. The record of the dialogue is kept.',
      title: 'The dialogue has ended · microphone off',
    },
    held: {
      detail: 'The turn is kept for this hall. The microphone opens again only by the button.',
      title: 'TURN KEPT · microphone off',
    },
    interrupted: {
      detail:
        'The chair has interrupted this turn and keeps it for you. The microphone opens again when the chair or a secretary resumes it.',
      title: 'TURN INTERRUPTED · microphone off',
    },
    notStarted: {
      detail: 'Meanwhile turn on the camera, try the microphone, count people and take questions.',
      title: 'Not started yet · microphone off',
    },
    offline: {
      detail: 'Questions and attendance can still be entered; they are sent when the line is back.',
      title: 'Offline · microphone off',
    },
    offlineMayBeOpen: {
      detail:
        'It is not known whether the server has closed it. No private talk near the microphone.',
      title: 'CONNECTION LOST · treat the microphone as open',
    },
    onAir: {
      detail: 'Every hall sees and hears this hall.',
      title: 'ON AIR · microphone open',
    },
    onAirCentral: {
      detail: 'Every hall sees and hears the head table.',
      title: 'ON AIR · microphone open',
    },
    onDeckBehind: {
      detail: '{count} before this hall. Ask the speaker to come to the microphone.',
      title: 'Get ready · microphone off',
    },
    onDeckNext: {
      detail: 'Speaker to the microphone. It opens by itself when the leader calls.',
      title: 'Get ready · next turn · microphone off',
    },
    onDeckNotSending: {
      detail: 'This hall is soon to speak. Turn on the camera and the microphone.',
      title: 'Get ready · microphone not on',
    },
    opening: {
      detail: 'Speak only once this line says “ON AIR”.',
      title: 'About to go on air · microphone opening…',
    },
    paused: {
      detail: 'Wait for the leader to continue.',
      title: 'The dialogue is paused · microphone off',
    },
    queued: {
      detail: 'This hall’s question is number {count} in the queue.',
      title: 'Standby · microphone off',
    },
    replaced: {
      detail: 'Another computer now sends for this hall.',
      title: 'This computer no longer sends · its microphone is off',
    },
    revoked: {
      detail: 'Ask the secretariat for a new pairing code to go on.',
      title: 'This computer’s session has ended',
    },
    standby: { detail: 'It is not this hall’s turn.', title: 'Standby · microphone off' },
    turnPaused: {
      detail: 'The turn is kept for this hall while the dialogue is paused.',
      title: 'Paused, turn kept · microphone off',
    },
  },
  bannerAction: {
    end: 'End the turn, close the microphone',
    resume: 'Resume the turn, open the microphone',
    startCamera: 'Turn on camera and microphone',
    takeOver: 'Send from this computer',
  },
  camera: {
    camera: 'Camera',
    devices: 'Devices, hall mode',
    failure: {
      busy: '{device}: another program is using it. Close that program, then turn on again.',
      denied:
        '{device}: the browser is not allowed to use it. Allow it in the address bar, then turn on again.',
      failed: '{device}: it could not be turned on. Check the cable, then turn on again.',
      missing: '{device}: none was found. Plug one in, then turn on again.',
      unplugged: '{device}: it was unplugged. Plug it in, then turn on again.',
    },
    hallMode: 'Hall mode',
    hallModeHint:
      'Echo and noise removal off: for a hall with its own loudspeakers and mixing desk.',
    levelHint: 'The level is measured on this computer, also while the microphone is off.',
    microphone: 'Microphone',
    notTaken: 'The server did not take the picture or the sound. Turn the camera off and on again.',
    off: 'The camera is off',
    preview: 'This hall',
    start: 'Turn on the camera',
    starting: 'Turning on…',
    stop: 'Turn off the camera',
    stopOnAir: 'On air: end the turn before turning the camera off.',
    title: 'Camera and microphone',
    unnamed: '{device} {count}',
  },
  hands: {
    empty: 'Nobody has raised a hand',
    lower: 'Lower',
    lowerOf: 'Lower the hand of {name}',
    raise: 'Raise for somebody',
    raiseFor: 'Their name (may be left empty)',
    title: 'Hands',
    toQuestion: 'Write',
    toQuestionOf: 'Write down the question of {name}',
    unnamed: 'No name given',
  },
  keys: {
    close: 'Close the dialog, leave the field',
    edit: 'Edit the wording',
    forward: 'Forward to the city',
    forwardTyping: 'Forward while editing',
    hand: 'Raise a hand for somebody',
    help: 'Keyboard shortcuts',
    next: 'Next, previous question',
    qr: 'Join code',
    return: 'Return with a reason',
    write: 'Write down for somebody',
  },
  page: {
    joinCode: 'Join code',
    openScreen: 'Open the hall screen',
    writeShort: 'Write down for somebody',
  },
  pair: {
    code: 'Pairing code',
    hint: 'Type the 8 characters that the secretariat or the technical team gave to this hall. Capital or small letters, as you like.',
    submit: 'Pair this computer',
    working: 'Pairing…',
  },
  qr: {
    address: 'Or open {address} and type the code',
    label: 'Join code of {name}',
    text: 'Scan with a phone to ask, to raise a hand and to follow the captions.',
    title: 'Join by phone',
  },
  questions: {
    channel: {
      box: 'Suggestion box',
      form: 'Form before the event',
      hand: 'Hand',
      import: 'Collected list',
      letter: 'Letter',
      onBehalf: 'On behalf',
      phone: 'Phone',
      slip: 'Paper slip',
    },
    empty: 'No questions yet',
    emptyText:
      'Invite people to scan the join code, or write down the question of somebody without a phone.',
    field: 'Field',
    fieldNone: 'No field chosen',
    forward: 'Forward to the city',
    forwardAgain: 'Forward again',
    forwardedHint: 'Forwarded. The wording can still be changed until it goes on air.',
    keepEditing: 'Change it',
    original: 'The asker’s own words',
    place: 'Number {count} in the queue',
    resetEdit: 'Discard changes',
    return: 'Return',
    returnReason: 'Why (the asker reads this)',
    returnTitle: 'Return the question',
    returnedByCity: 'Returned by the city: {reason}',
    returnedHere: 'Returned to the asker: {reason}',
    save: 'Save the wording',
    section: { city: 'Forwarded', closed: 'Done', open: 'To look at' },
    turnKept: 'Turn kept · microphone off',
    unnamed: 'No name given',
    unsent: 'Waiting to be sent',
    wording: 'Wording for the city',
  },
  refused: 'Not done',
  stage: {
    leader: 'Head table',
    noSpeaker: 'No hall is speaking',
    soundOff: 'Sound off',
    soundOn: 'Sound on',
    title: 'On stage',
  },
  title: 'Bridge point',
  unpaired: {
    text: 'Pair it with the code that the secretariat gave to this hall.',
    title: 'This computer is not paired with this hall',
  },
  write: {
    field: 'Field',
    name: 'Name of the asker (may be left empty)',
    nameVisibility: 'Who may read the name',
    submit: 'Add the question',
    text: 'The question, in the asker’s own words',
    title: 'Write down for somebody',
    visibility: {
      desk: 'The secretariat and the leader only',
      hall: 'This hall and the secretariat',
      none: 'Keep no name',
      public: 'Everybody',
    },
  },
} satisfies TranslationOf<typeof vi>;
