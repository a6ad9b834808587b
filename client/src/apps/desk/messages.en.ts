import admin from '../../locales/en/admin.ts';
import attendance from '../../locales/en/attendance.ts';
import briefing from '../../locales/en/briefing.ts';
import common from '../../locales/en/common.ts';
import desk from '../../locales/en/desk.ts';
import errors from '../../locales/en/errors.ts';
import fairness from '../../locales/en/fairness.ts';
import host from '../../locales/en/host.ts';
import intake from '../../locales/en/intake.ts';
import line from '../../locales/en/line.ts';
import live from '../../locales/en/live.ts';
import moderator from '../../locales/en/moderator.ts';
import operator from '../../locales/en/operator.ts';
import people from '../../locales/en/people.ts';
import presentation from '../../locales/en/presentation.ts';
import record from '../../locales/en/record.ts';
import recording from '../../locales/en/recording.ts';
import rehearsal from '../../locales/en/rehearsal.ts';
import search from '../../locales/en/search.ts';
import secretary from '../../locales/en/secretary.ts';
import states from '../../locales/en/states.ts';
import steno from '../../locales/en/steno.ts';
import transcript from '../../locales/en/transcript.ts';

export default {
  admin,
  attendance,
  briefing,
  common,
  desk,
  errors,
  fairness,
  host,
  intake,
  line,
  live,
  moderator,
  operator,
  people,
  presentation,
  record,
  recording,
  rehearsal,
  search,
  secretary,
  states,
  steno,
  transcript,
};
