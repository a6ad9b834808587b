import { localeTags } from '../locales/locale.ts';
import type { Locale } from '../locales/locale.ts';

/** The city's clock: a guest abroad still reads the time of the hall. */
const timeZone = 'Asia/Ho_Chi_Minh';

/** One for each locale, made at first need: making one takes longer than using it. */
function kept<Format>(make: (tag: string) => Format): (locale: Locale) => Format {
  const made = new Map<Locale, Format>();
  return (locale) => {
    const format = made.get(locale) ?? make(localeTags[locale]);
    made.set(locale, format);
    return format;
  };
}

const timeFormat = kept(
  (tag) =>
    new Intl.DateTimeFormat(tag, {
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZone,
    }),
);
const countFormat = kept((tag) => new Intl.NumberFormat(tag, { maximumFractionDigits: 0 }));

/** Hours and minutes, 24 hours, of an epoch time in ms: `08:05`. */
export function formatTime(epochMs: number, locale: Locale = 'vi'): string {
  return timeFormat(locale).format(epochMs);
}

/** A date in full, of an epoch time in ms or a calendar day `YYYY-MM-DD`: `21/11/2026`. */
export function formatDate(when: number | string, locale: Locale = 'vi'): string {
  const calendarDay = typeof when === 'string';
  return new Intl.DateTimeFormat(localeTags[locale], {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    timeZone: calendarDay ? 'UTC' : timeZone,
  }).format(calendarDay ? Date.parse(`${when}T00:00:00Z`) : when);
}

/** Date and time of an epoch time in ms: `08:05 21/11/2026`. */
export function formatDateTime(epochMs: number, locale: Locale = 'vi'): string {
  return `${formatTime(epochMs, locale)} ${formatDate(epochMs, locale)}`;
}

/** A duration in ms as `mm:ss`, or `h:mm:ss` from an hour on; negative durations read as zero. */
export function formatDuration(durationMs: number): string {
  const seconds = Math.floor(Math.max(0, durationMs) / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const minutesAndSeconds = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  const hours = Math.floor(seconds / 3600);
  return hours > 0 ? `${hours}:${minutesAndSeconds}` : minutesAndSeconds;
}

/** A whole number with the locale's grouping: `15.000` in Vietnamese. */
export function formatCount(count: number, locale: Locale = 'vi'): string {
  return countFormat(locale).format(count);
}

/** A share of 0 to 1 as a percentage with at most one decimal: `79,6%`. */
export function formatShare(share: number, locale: Locale = 'vi'): string {
  return new Intl.NumberFormat(localeTags[locale], {
    style: 'percent',
    maximumFractionDigits: 1,
  }).format(share);
}
