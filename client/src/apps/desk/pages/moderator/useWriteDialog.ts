import { useOverlay } from '@nuxt/ui/composables';
import type { HallHand } from './hall-questions.ts';
import type { UseHall } from './useHall.ts';
import WriteDialog from './WriteDialog.vue';

/** Opens the dialog to type for somebody, or for the hand given; the hand goes down with it. */
export function useWriteDialog(hall: UseHall): (hand?: HallHand) => Promise<void> {
  const dialog = useOverlay().create(WriteDialog);
  return async (hand) => {
    const { store, bridgePointId, fields } = hall;
    const written = await dialog.open({
      fields: fields.value,
      namePolicy: store.dialogue?.namePolicy ?? 'optional',
      askerName: hand?.name ?? null,
    }).result;
    if (!written) return;
    const { text, field, name, nameVisibility } = written;
    void store.send('question.ask', {
      questionId: crypto.randomUUID(),
      bridgePointId,
      text,
      field,
      nameVisibility,
      onBehalfOf: { name },
      ...(hand ? { handId: hand.id } : {}),
    });
  };
}
