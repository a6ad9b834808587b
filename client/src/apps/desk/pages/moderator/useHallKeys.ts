import { useOverlay } from '@nuxt/ui/composables';
import { useEventListener } from '@vueuse/core';
import { keyAction } from './keys.ts';
import type { KeyAction } from './keys.ts';
import KeyHelpDialog from './KeyHelpDialog.vue';

type Acts = Record<KeyAction, () => void>;

/** The page's keys while the calling scope lives; gives back all that they do, the help included. */
export function useHallKeys(acts: Omit<Acts, 'help'>): Acts {
  const { overlays, create } = useOverlay();
  const keyHelp = create(KeyHelpDialog);
  const all: Acts = { ...acts, help: () => void keyHelp.open() };

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
