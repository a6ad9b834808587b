import { createI18n } from 'vue-i18n';
import { inject, readonly, ref } from 'vue';
import type { App, InjectionKey, Ref } from 'vue';
import type { MessageCompiler } from 'vue-i18n';
import { initialLocale, rememberLocale } from './locale.ts';
import type { Locale } from './locale.ts';

/** An app's messages in one locale: namespaces by name. */
export type Messages = Record<string, object>;

/** Where an app gets each locale's messages from: a dynamic import, so that only one is loaded. */
export type MessageLoaders = Record<Locale, () => Promise<{ default: Messages }>>;

export interface LocaleControl {
  locale: Readonly<Ref<Locale>>;
  /** Loads the locale's messages if need be, then switches the page to it and remembers it. */
  setLocale(locale: Locale): Promise<void>;
}

const localeKey: InjectionKey<LocaleControl> = Symbol('locale');

/** The current locale and its switch, inside an app that has installed `createLocales`. */
export function useLocale(): LocaleControl {
  const control = inject(localeKey);
  if (!control) throw new Error('The app has not installed its locales');
  return control;
}

/**
 * Loads the messages of the starting locale and returns the plugin to install before mounting.
 * `messageCompiler`: instead of the library's own. Rejects if the messages cannot be loaded.
 */
export async function createLocales(
  loaders: MessageLoaders,
  { messageCompiler }: { messageCompiler?: MessageCompiler } = {},
) {
  const storage = () => window.localStorage;
  const current = ref<Locale>(initialLocale(window.location.search, storage));
  const first = await loaders[current.value]();
  const i18n = createI18n({
    legacy: false,
    locale: current.value,
    messages: { [current.value]: first.default } as Record<string, Messages>,
    missingWarn: import.meta.env.DEV,
    fallbackWarn: false,
    ...(messageCompiler && { messageCompiler }),
  });
  document.documentElement.lang = current.value;

  async function setLocale(locale: Locale): Promise<void> {
    if (!i18n.global.availableLocales.includes(locale)) {
      const loaded = await loaders[locale]();
      i18n.global.setLocaleMessage(locale, loaded.default);
    }
    i18n.global.locale.value = locale;
    current.value = locale;
    document.documentElement.lang = locale;
    rememberLocale(locale, storage);
  }

  return {
    t: (key: string) => i18n.global.t(key),
    install(app: App): void {
      app.use(i18n);
      app.provide(localeKey, { locale: readonly(current), setLocale });
    },
  };
}
