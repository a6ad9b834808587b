import type { TranslationOf } from '../locale.ts';
import type vi from '../vi/people.ts';

export default {
  continue: {
    another: 'Sign in with another account',
    staff: 'Staff',
    text: 'This browser is signed in with these accounts. Each window works with one of them.',
    title: 'Continue as',
  },
  menuOf: 'Account of {name}',
  mustChange: 'The password you used was issued by an administrator. Choose your own to continue.',
  notReached: 'The server cannot be reached',
  notSignedOut: 'Could not sign out',
  password: {
    different: 'The two do not match.',
    done: 'Password changed',
    new: 'New password',
    old: 'Current password',
    repeat: 'New password again',
    rule: 'At least {count} characters; a sentence that is easy to remember and hard to guess.',
    submit: 'Change password',
    text: 'Other devices signed in with this account will be signed out.',
    weak: {
      common: 'This password is too easy to guess. Choose another.',
      like_username: 'The password must not contain the user name.',
      same: 'The new password must differ from the current one.',
      too_short: 'The password needs at least {count} characters.',
    },
    wrongOld: 'The current password is wrong.',
  },
  showPassword: 'Show password',
  signIn: {
    help: 'Forgot it? Ask an administrator for a new one.',
    locked: 'Too many wrong attempts, so it is locked for now. Try again in {wait}.',
    minutes: '{minutes} min {seconds} s',
    password: 'Password',
    seconds: '{seconds} s',
    submit: 'Sign in',
    text: 'For those who prepare and run dialogues.',
    username: 'User name',
  },
  signOut: 'Sign out',
  switch: 'Switch account',
  title: {
    pair: 'Pair a bridge point',
    password: 'Change password',
    signIn: 'Sign in',
  },
} satisfies TranslationOf<typeof vi>;
