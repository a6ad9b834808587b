import type { TranslationOf } from '../locale.ts';
import type vi from '../vi/common.ts';

export default {
  appName: 'Nhịp Cầu',
  cancel: 'Cancel',
  captionCorrected: '(corrected)',
  captionLate: '(added late)',
  captionsEmpty: 'Captions appear here when somebody speaks.',
  close: 'Close',
  connection: {
    blind:
      'The server has lost its database: all microphones are closed for now, and nothing takes effect. It mends itself.',
    connecting: 'Connecting…',
    offline: 'Connection lost. Reconnecting.',
    offlineWaiting: 'Working offline, {count} waiting to be sent',
    replaced: 'This page was opened elsewhere. This window is on hold.',
    sending: 'Sending {count}',
    signIn: 'Sign in again',
    signedOut: 'Your session has ended.',
    useHere: 'Use here',
  },
  language: {
    en: 'English',
    label: 'Language',
    vi: 'Tiếng Việt',
  },
  level: {
    label: 'Sound level',
    loud: 'too loud',
    normal: 'good',
    quiet: 'quiet',
    silent: 'silent',
    unknown: 'no signal yet',
  },
  loading: 'Loading…',
  noVideo: 'No picture yet',
  pageFailed: {
    retry: 'Reload the page',
    text: 'What was sent is safe on the server. Reload the page; if it fails again, tell the technical team.',
    title: 'This page ran into a problem',
  },
  recording: {
    on: 'Recording',
    public: 'Public broadcast',
  },
  retry: 'Try again',
  save: 'Save',
  timer: {
    left: 'left',
    leftOf: '{time} left of {budget}',
    over: 'over by {time}',
    soon: 'nearly up',
    spoken: '{time} spoken',
    up: 'The time of this turn is up',
  },
} satisfies TranslationOf<typeof vi>;
