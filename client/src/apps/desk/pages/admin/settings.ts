import { defaultFields } from '@nhip-cau/shared/model/session';
import type { NamePolicy } from '@nhip-cau/shared/model/session';
import type { CommandPayload } from '@nhip-cau/shared/protocol/commands';
import { fromCityInput, toCityInput } from '../../parts/cityTime.ts';
import { copyOfRules, rulesDraftOf, rulesFaultsOf, rulesOf } from './rules.ts';
import type { RulesDraft } from './rules.ts';

export type Settings = CommandPayload<'dialogue.create'>;

/** A dialogue's settings as its form holds them; times as typed. */
export interface SettingsDraft {
  title: string;
  organiser: string;
  /** `YYYY-MM-DDTHH:mm` on the city's clock. */
  startsAt: string;
  fields: string[];
  agencies: string[];
  namePolicy: NamePolicy;
  turnMinutes: number;
  turnSeconds: number;
  rules: RulesDraft;
}

export type SettingsFault = 'missing' | 'tooLong' | 'noTime' | 'noField' | 'turnRange';
export type SettingsFaults = Partial<Record<keyof SettingsDraft, SettingsFault | 'rules'>>;

const dayMs = 86_400_000;

/** A new dialogue's draft: the next day at 8, three minutes a turn. `now` in epoch ms. */
export function emptyDraft(now: number): SettingsDraft {
  return {
    title: '',
    organiser: '',
    startsAt: `${toCityInput(now + dayMs).slice(0, 10)}T08:00`,
    fields: [...defaultFields],
    agencies: [],
    namePolicy: 'optional',
    turnMinutes: 3,
    turnSeconds: 0,
    rules: rulesDraftOf({}),
  };
}

export function draftOf(settings: Settings): SettingsDraft {
  const { title, organiser, namePolicy } = settings;
  return {
    title,
    organiser,
    namePolicy,
    startsAt: toCityInput(settings.startsAt),
    fields: [...settings.fields],
    agencies: [...settings.agencies],
    turnMinutes: Math.floor(settings.turnSeconds / 60),
    turnSeconds: settings.turnSeconds % 60,
    rules: rulesDraftOf(settings.rules ?? {}),
  };
}

/** A draft that can be typed in without changing the other. */
export function copyOf(draft: SettingsDraft): SettingsDraft {
  return {
    ...draft,
    fields: [...draft.fields],
    agencies: [...draft.agencies],
    rules: copyOfRules(draft.rules),
  };
}

/** What keeps the draft from being saved, by field; empty when nothing does. */
export function faultsOf(draft: SettingsDraft): SettingsFaults {
  const faults: SettingsFaults = {};
  if (draft.title.trim() === '') faults.title = 'missing';
  else if (draft.title.length > 300) faults.title = 'tooLong';
  if (draft.organiser.trim() === '') faults.organiser = 'missing';
  else if (draft.organiser.length > 200) faults.organiser = 'tooLong';
  if (fromCityInput(draft.startsAt) === null) faults.startsAt = 'noTime';
  if (draft.fields.length === 0) faults.fields = 'noField';
  const seconds = turnSecondsOf(draft);
  if (!(seconds >= 30 && seconds <= 3_600)) faults.turnMinutes = 'turnRange';
  if (Object.keys(rulesFaultsOf(draft.rules)).length > 0) faults.rules = 'rules';
  return faults;
}

/** The draft as the protocol has it. Throws on a draft with faults. */
export function settingsOf(draft: SettingsDraft): Settings {
  const startsAt = fromCityInput(draft.startsAt);
  if (startsAt === null) throw new Error('the start time is incomplete');
  return {
    title: draft.title.trim(),
    organiser: draft.organiser.trim(),
    startsAt,
    fields: draft.fields,
    agencies: draft.agencies,
    namePolicy: draft.namePolicy,
    turnSeconds: turnSecondsOf(draft),
    rules: rulesOf(draft.rules),
  };
}

const turnSecondsOf = (draft: SettingsDraft) =>
  Number(draft.turnMinutes) * 60 + Number(draft.turnSeconds);
