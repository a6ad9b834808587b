import { useOverlay } from '@nuxt/ui/composables';
import { useEventListener } from '@vueuse/core';
import { useI18n } from 'vue-i18n';
import KeyHelpDialog from '../../parts/KeyHelpDialog.vue';
import { keyAction, keyHelp } from './keys.ts';
import type { KeyAction } from './keys.ts';

type Acts = Record<KeyAction, () => void>;

/** The page's keys while the calling scope lives; gives back all that they do, the help included. */
export function useHallKeys(acts: Omit<Acts, 'help'>): Acts {
  const { overlays, create } = useOverlay();
  const { t } = useI18n();
  const dialog = create(KeyHelpDialog);
  const help = () => {
    const rows = keyHelp.map(({ keys, text }) => ({ keys, text: t(`moderator.keys.${text}`) }));
    void dialog.open({ title: t('moderator.keys.help'), rows });
  };
  const all: Acts = { ...acts, help };

  useEventListener(document, 'keydown', (event) => {
    // A dialog that is just opening has not yet taken the focus.
    if (event.defaultPrevented || overlays.some(({ isOpen }) => isOpen)) return;
    if ((event.target as Element).closest('input, textarea, select')) return;
    const action = keyAction(event);
    if (!action) return;
    event.preventDefault();
    all[action]();
  });
  return all;
}
