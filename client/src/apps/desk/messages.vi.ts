import admin from '../../locales/vi/admin.ts';
import attendance from '../../locales/vi/attendance.ts';
import briefing from '../../locales/vi/briefing.ts';
import common from '../../locales/vi/common.ts';
import desk from '../../locales/vi/desk.ts';
import errors from '../../locales/vi/errors.ts';
import fairness from '../../locales/vi/fairness.ts';
import host from '../../locales/vi/host.ts';
import intake from '../../locales/vi/intake.ts';
import line from '../../locales/vi/line.ts';
import live from '../../locales/vi/live.ts';
import moderator from '../../locales/vi/moderator.ts';
import operator from '../../locales/vi/operator.ts';
import people from '../../locales/vi/people.ts';
import presentation from '../../locales/vi/presentation.ts';
import record from '../../locales/vi/record.ts';
import recording from '../../locales/vi/recording.ts';
import rehearsal from '../../locales/vi/rehearsal.ts';
import search from '../../locales/vi/search.ts';
import secretary from '../../locales/vi/secretary.ts';
import states from '../../locales/vi/states.ts';
import steno from '../../locales/vi/steno.ts';
import transcript from '../../locales/vi/transcript.ts';

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
