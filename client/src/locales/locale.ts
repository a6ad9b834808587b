export const locales = ['vi', 'en'] as const;

export type Locale = (typeof locales)[number];

/** BCP 47 tags for `Intl`; Vietnamese is the city's, English that of its foreign guests. */
export const localeTags: Record<Locale, string> = { vi: 'vi-VN', en: 'en-GB' };

/** The shape that a translation of `T` must have: the same keys, any words. */
export type TranslationOf<T> = {
  [K in keyof T]: T[K] extends string ? string : TranslationOf<T[K]>;
};

const storageKey = 'nhip-cau.locale';

function isLocale(value: string | null): value is Locale {
  return value !== null && (locales as readonly string[]).includes(value);
}

/**
 * The locale to start with: `?lang=` in the address, else the remembered one, else Vietnamese.
 * A browser that refuses storage only loses the memory.
 */
export function initialLocale(search: string, storage: () => Pick<Storage, 'getItem'>): Locale {
  const asked = new URLSearchParams(search).get('lang');
  if (isLocale(asked)) return asked;
  try {
    const remembered = storage().getItem(storageKey);
    return isLocale(remembered) ? remembered : 'vi';
  } catch {
    return 'vi';
  }
}

/** Remembers the person's choice on this device, where the browser allows it. */
export function rememberLocale(locale: Locale, storage: () => Pick<Storage, 'setItem'>): void {
  try {
    storage().setItem(storageKey, locale);
  } catch {
    // Private windows may refuse storage; the choice then lasts as long as the page.
  }
}
