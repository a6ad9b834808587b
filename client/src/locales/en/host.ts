import type { TranslationOf } from '../locale.ts';
import type vi from '../vi/host.ts';

export default {
  answer: 'I answer',
  backToFloor: 'Back to the question on air',
  brief: 'Read the brief from {agency}',
  counts: 'Waiting {waiting} · Just forwarded {incoming} · Disposed of {disposed}',
  decide: 'What is done about this question',
  disposed: 'Recorded: {kind}',
  endTurn: 'End turn',
  floor: {
    call: 'Call the next hall:',
    handOver: 'End this turn and call:',
    resumeDialogue: 'Resume the dialogue',
    start: 'Start the dialogue',
    title: 'The floor',
    wait: {
      lastTurn: 'No hall is waiting next',
      nothing: 'The dialogue has ended',
      opening: 'Waiting for the secretary to open the dialogue',
      questions: 'Waiting for questions from the halls',
      secretary: 'Waiting for the secretary to put a hall on deck',
    },
  },
  handSpeaks: 'A raised hand, nothing written beforehand.',
  held: {
    interrupted:
      'The turn of {hall} is interrupted, its microphone is off. Press Resume to open it again.',
    kept: 'The turn of {hall} is kept, its microphone is off. Resume turn opens it again.',
    linkLost:
      'Link to {hall} lost: the turn is kept, its microphone is off. Wait, call the next or end the turn.',
  },
  hostSpeaks: 'The microphones of all other halls are closed.',
  next: 'Next:',
  noField: 'No field yet',
  noName: 'No name given',
  noQuestion: {
    text: 'When a hall is called, its question appears here in large type.',
    title: 'No question yet',
  },
  nobody: {
    draft: {
      text: 'The secretariat is preparing; halls cannot join yet.',
      title: 'Not open yet',
    },
    ended: {
      text: 'Questions that are owed a disposition can still be decided on the right.',
      title: 'The dialogue has ended',
    },
    live: {
      text: 'The large button below calls the next hall.',
      title: 'No hall is speaking',
    },
    open: {
      text: 'The halls are joining. The large button below starts the dialogue.',
      title: 'Not started yet',
    },
    paused: {
      text: 'Every hall’s microphone is off. The large button below resumes.',
      title: 'The dialogue is paused',
    },
    waiting: {
      text: 'The large button below lights up when a hall is ready.',
      title: 'No hall is speaking',
    },
  },
  nobodyNext: 'nobody yet',
  owed: 'Dispositions owed: {count}',
  owedMark: 'disposition owed',
  owedNone: 'No disposition owed',
  owedText: 'Tap a question to decide it.',
  pause: 'Pause',
  question: 'Question',
  readWhole: 'Read in full',
  reply: 'Call for a reply:',
  resumeTurn: 'Resume turn',
  sound: {
    off: 'Sound on, here',
    on: 'Sound off, here',
  },
  speak: 'I speak',
  stage: 'The hall that speaks',
  table: {
    fault: 'Check camera and microphone',
    mute: 'Mute',
    start: 'Camera and microphone on',
    state: {
      closed: 'Microphone closed',
      muted: 'Microphone muted',
      noMicrophone: 'No microphone',
      off: 'Not on',
      open: 'MICROPHONE OPEN',
      replaced: 'Sent from another computer',
      starting: 'Starting…',
    },
    stop: 'Camera off',
    takeOver: 'Send from here',
    title: 'Head table',
    unmute: 'Unmute',
  },
  title: 'Host',
} satisfies TranslationOf<typeof vi>;
