import { type Locale, localeTags } from '../../../../locales/locale.ts';

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** Bytes as people read them: `1,4 GB`. */
export function formatBytes(bytes: number, locale: Locale = 'vi'): string {
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1);
  return new Intl.NumberFormat(localeTags[locale], {
    style: 'unit',
    unit: units[power],
    maximumFractionDigits: power < 3 ? 0 : 1,
  }).format(bytes / 1_000 ** power);
}
