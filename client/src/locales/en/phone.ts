import type { TranslationOf } from '../locale.ts';
import type vi from '../vi/phone.ts';

export default {
  ask: {
    empty: 'Please write your question before sending it.',
    field: 'Field',
    kept: 'Kept on this phone until it has been sent.',
    label: 'Your question',
    left: '{count} characters left',
    nameless: 'Your question is sent without a name.',
    noField: 'Let the moderator choose',
    placeholder: 'For example: our lane floods in heavy rain; when will it be repaired?',
    send: 'Send the question',
    sent: 'Question sent.',
    title: 'Ask a question',
  },
  back: 'Back',
  captions: 'Live captions',
  captionsFollow: 'Follow again',
  captionsMissed: 'Show new lines: {count}',
  captionsPause: 'Pause to read',
  code: {
    empty: 'Please enter the join code.',
    go: 'Continue',
    label: 'Join code',
    text: 'The code has letters and digits. It stands below the QR code on the hall’s poster or screen.',
    title: 'Enter the join code',
  },
  disposition: {
    answeredHere: 'Answered in the dialogue.',
    assigned: 'Assigned to {agency}, to be answered by {date}.',
    escalated: 'Escalated in writing to {to}.',
    outside: 'Outside this dialogue: {reason}',
  },
  ended: {
    text: 'What you sent stays in the record. Questions that were not called are answered in writing.',
    title: 'The dialogue has ended',
  },
  failed: {
    title: 'Could not enter the dialogue',
  },
  follow: {
    captions: 'Captions',
    empty: 'No questions yet',
    emptyText: 'The questions you send appear here, with what became of them.',
    questions: 'My questions ({count})',
    views: 'What to follow',
  },
  hand: {
    ask: 'Write a question',
    down: {
      text: 'Raise your hand to speak at {hall}. The moderator sees hands in the order they were raised.',
      title: 'Raise your hand',
    },
    lower: 'Lower my hand',
    named: 'The moderator sees the name {name}.',
    nameless:
      'You take part without a name: please raise your real hand too, so that you are found.',
    orAsk: 'Rather not speak before the hall? You can write instead.',
    raise: 'Raise my hand',
    rising: {
      text: 'Waiting to be sent. It goes by itself once there is a network.',
      title: 'Raising your hand…',
    },
    since: 'Since {time}',
    sinking: {
      text: 'It is lowered by itself once there is a network.',
      title: 'Lowering your hand…',
    },
    up: {
      text: 'The moderator at {hall} sees your hand, in the order hands were raised.',
      title: 'Your hand is raised',
    },
  },
  host: 'Host',
  join: {
    go: 'Join',
    hall: '{name} ({of})',
    name: {
      none: 'Full name',
      optional: 'Full name (if you like)',
      required: 'Full name',
    },
    nameExample: 'For example: Nguyễn Thị Hoa',
    title: 'Join the dialogue',
    use: {
      none: 'This dialogue does not ask for names. Questions are sent without one.',
      optional:
        'With a name, the moderator can call on you more easily. Each time you ask, you choose who sees it. Leave it empty to ask without a name.',
      required:
        'This dialogue needs the names of those who ask. Each time you ask, you choose who sees yours: everybody, your own hall, or the secretariat alone.',
    },
  },
  loading: 'Entering the dialogue',
  name: {
    change: 'Change',
    desk: {
      text: 'Only the secretariat and the host see your name. Your hall does not.',
      title: 'The secretariat alone',
    },
    hall: {
      text: 'Your hall’s moderator, the secretariat and the host see your name. It is not shown on screens.',
      title: 'My hall and the secretariat',
    },
    legend: 'Who may see your name with this question?',
    none: {
      text: 'No name is kept with the question. Nobody can get back to you through it.',
      title: 'Nobody (anonymous)',
    },
    public: {
      text: 'Your name is shown on the screens of all halls, in captions and in the public minutes.',
      title: 'Everybody',
    },
    title: '{name} is shown to',
  },
  next: {
    accepted: 'The secretariat has accepted it. Please wait for your turn.',
    asked: 'The moderator at {hall} is reading it before forwarding it to the city.',
    forwarded: 'The city’s secretariat is reading it.',
    heard: 'Heard in the dialogue. The host will decide what becomes of it.',
    merged:
      'Your question goes on together with one that asks the same; the answer will be shown here.',
    onAir: 'Please speak.',
    onDeck: 'Please come to your hall’s microphone.',
    returned: 'You can change it and send it again.',
    waiting:
      'No network yet. It is sent once, by itself, when there is one; you may lock the phone.',
  },
  notOpen: {
    again: 'Look again',
    text: 'This page goes on by itself when the organisers open the doors.',
    title: 'The dialogue is not open yet',
  },
  question: {
    askAgain: 'Change and send again',
    drop: 'Discard',
    news: 'Your question: {state}',
    place: 'Number {place} in the queue',
    reason: 'Why it was returned:',
    unsent: 'Not sent.',
    waiting: 'Waiting to be sent',
    withdraw: 'Withdraw',
    withdrawn: 'Question withdrawn.',
    wording: 'As the moderator worded it:',
  },
  replace: {
    confirm: 'Replace it',
    text: 'Another question is being written and has not been sent. It would be lost.',
    title: 'Replace what you are writing?',
  },
  sent: {
    another: 'Ask another',
    follow: 'My question',
    next: 'What happens next',
    refused: {
      text: 'The server did not take this question. Its words are kept under Follow.',
      title: 'Not sent',
    },
    sent: {
      text: 'Your question has reached {hall} and is kept in the record.',
      title: 'Sent',
    },
    steps: {
      host: 'When its turn comes, your hall is called to speak and the host decides what becomes of it.',
      moderator: 'The moderator at {hall} reads it, words it clearly and forwards it to the city.',
      secretary: 'The secretariat reads it and puts it into the queue.',
    },
    waiting: {
      text: 'Your question is kept on this phone and is sent once, by itself, when there is a network.',
      title: 'Waiting to be sent',
    },
  },
  sessionEnded: {
    again: 'Join again',
    text: 'The organisers have ended this phone’s session. What you sent is kept.',
    title: 'Your session has ended',
  },
  strip: {
    ended: 'The dialogue has ended',
    hand: 'Raised hand: {who}',
    held: '{hall} lost its connection; the turn is kept',
    host: 'The host is speaking',
    hostLeads: 'The host is leading the dialogue',
    hostNext: 'The host is leading the dialogue. Next: {next}',
    interrupted: 'The turn of {hall} is interrupted',
    notStarted: 'Begins at {time}',
    paused: 'The dialogue is paused',
    question: 'Speaking now: {who}',
    reply: 'Reply: {who}',
  },
  tabs: {
    ask: 'Ask',
    follow: 'Follow',
    hand: 'Hand',
    label: 'Places',
  },
  withdraw: {
    confirm: 'Withdraw it',
    text: 'The question leaves the queue and will not be heard in the dialogue.',
    title: 'Withdraw this question?',
  },
  yourTurn: {
    held: {
      text: 'Your hall lost its connection; the microphone is off. Please wait to be called again.',
      title: 'Your turn is kept',
    },
    onAir: {
      text: 'Your hall’s microphone is open.',
      title: 'Please speak',
    },
    onDeck: {
      text: 'Please come to your hall’s microphone.',
      title: 'Your question is next',
    },
  },
} satisfies TranslationOf<typeof vi>;
