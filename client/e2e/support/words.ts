import admin from '../../src/locales/vi/admin.ts';
import attendance from '../../src/locales/vi/attendance.ts';
import common from '../../src/locales/vi/common.ts';
import errors from '../../src/locales/vi/errors.ts';
import host from '../../src/locales/vi/host.ts';
import live from '../../src/locales/vi/live.ts';
import moderator from '../../src/locales/vi/moderator.ts';
import people from '../../src/locales/vi/people.ts';
import phone from '../../src/locales/vi/phone.ts';
import presentation from '../../src/locales/vi/presentation.ts';
import record from '../../src/locales/vi/record.ts';
import recording from '../../src/locales/vi/recording.ts';
import screen from '../../src/locales/vi/screen.ts';
import search from '../../src/locales/vi/search.ts';
import secretary from '../../src/locales/vi/secretary.ts';
import states from '../../src/locales/vi/states.ts';
import steno from '../../src/locales/vi/steno.ts';
import transcript from '../../src/locales/vi/transcript.ts';
import watch from '../../src/locales/vi/watch.ts';

/** The words that a person reads and presses, as the Vietnamese interface has them. */
export const vi = {
  admin,
  attendance,
  common,
  errors,
  host,
  live,
  moderator,
  people,
  phone,
  presentation,
  record,
  recording,
  screen,
  search,
  secretary,
  states,
  steno,
  transcript,
  watch,
};

/** A text of the interface with its places filled in. */
export function filled(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

/** Matches an accessible name that begins with these words: details may follow them. */
export function beginning(words: string): RegExp {
  return new RegExp(`^${words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);
}
