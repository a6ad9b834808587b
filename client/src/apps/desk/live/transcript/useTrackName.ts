import { computed } from 'vue';
import { useLocale } from '../../../../locales/i18n.ts';
import { localeTags } from '../../../../locales/locale.ts';

/** Names a language of lines in the language of the interface, as `Tiếng Anh`. */
export function useTrackName(): (track: string) => string {
  const { locale } = useLocale();
  const names = computed(
    () => new Intl.DisplayNames([localeTags[locale.value]], { type: 'language' }),
  );
  return (track) => {
    const name = names.value.of(track) ?? track;
    return name.charAt(0).toUpperCase() + name.slice(1);
  };
}
