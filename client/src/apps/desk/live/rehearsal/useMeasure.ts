import type { CheckName } from '@nhip-cau/shared/model/rehearsal';
import { useLocale } from '../../../../locales/i18n.ts';
import { formatCount } from '../../../../ui/format.ts';

const units: Partial<Record<CheckName, string>> = {
  microphone: 'dB',
  up: 'kbit/s',
  down: 'kbit/s',
  clock: 'ms',
};

/** What a step of the check measured, with its unit; `null` for one that measures nothing. */
export function useMeasure() {
  const { locale } = useLocale();
  return {
    measure: (name: CheckName, value: number | null): string | null =>
      value === null || !units[name] ? null : `${formatCount(value, locale.value)} ${units[name]}`,
  };
}
