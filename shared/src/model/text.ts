const combiningMarks = /\p{Mn}/gu;

/**
 * Text as it is searched: lower case, without diacritics, `đ` as `d`, so that "dat dai" finds
 * "Đất đai".
 */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(combiningMarks, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .trim();
}

const collator = new Intl.Collator('vi', { numeric: true });

/** Compares in Vietnamese alphabetical order; numbers inside by their value. */
export function compareText(a: string, b: string): number {
  return collator.compare(a, b);
}
