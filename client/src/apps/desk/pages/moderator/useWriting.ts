import { useOverlay } from '@nuxt/ui/composables';
import { newId } from '../../../../core/connection/new-id.ts';
import { askPayload, emptyAsked } from './asked.ts';
import type { HallHand } from './hall-questions.ts';
import SlipDialog from './SlipDialog.vue';
import type { UseHall } from './useHall.ts';
import type { Kept } from './useKept.ts';
import WriteDialog from './WriteDialog.vue';

/** The ways to write a question down for somebody: one, or a pile of them. */
export function useWriting(hall: UseHall) {
  const overlay = useOverlay();
  const one = overlay.create(WriteDialog);
  const pile = overlay.create(SlipDialog);
  const { bridgePointId, give } = hall;

  /** For somebody beside the moderator, or for the hand given; the hand goes down with it. */
  async function write(hand?: HallHand): Promise<void> {
    const namePolicy = hall.namePolicy.value;
    const asked = await one.open({
      fields: hall.fields.value,
      namePolicy,
      askerName: hand?.name ?? null,
    }).result;
    if (!asked) return;
    give('question.ask', {
      questionId: newId(),
      bridgePointId,
      ...askPayload(asked, 'onBehalf', namePolicy),
      ...(hand ? { handId: hand.id } : {}),
    });
  }

  /** One after another; `kept` was not taken and is entered anew. */
  function writeSlips(kept?: Kept): void {
    const namePolicy = hall.namePolicy.value;
    const { text = '', name, field } = kept?.slip ?? {};
    void pile.open({
      fields: hall.fields.value,
      namePolicy,
      bridgePointId,
      again: kept ? { ...emptyAsked(), text, name: name ?? '', field: field ?? '' } : null,
      save(asked, channel) {
        if (kept) hall.kept.drop(kept.id);
        const asking = askPayload(asked, channel, namePolicy);
        give('question.ask', { questionId: newId(), bridgePointId, ...asking });
      },
    });
  }

  return { write, writeSlips };
}
