import type { Disposition } from '@nhip-cau/shared/model/questions';
import { formatDate } from '../../../ui/format.ts';
import type { Locale } from '../../../locales/locale.ts';

/** Levels above to which questions usually go, as keys of `live.escalate.choices`. */
export const escalationChoices = [
  'province',
  'assembly',
  'ministry',
  'government',
  'parliament',
] as const;

/** Usual reasons for which a question is outside, as keys of `live.outside.choices`. */
export const outsideChoices = ['topic', 'authority', 'answered', 'repeated', 'court'] as const;

/** What a disposition says beside its kind: who, by when, why; empty when the kind says it all. */
export function dispositionDetail(disposition: Disposition, locale: Locale): string {
  switch (disposition.kind) {
    case 'answeredHere':
      return '';
    case 'assigned':
      return `${disposition.agency} · ${formatDate(disposition.dueOn, locale)}`;
    case 'escalated':
      return disposition.to;
    case 'outside':
      return disposition.reason;
  }
}
