import { computed, ref, watch } from 'vue';
import { useStageMedia } from '../../../../composables/useStageMedia.ts';
import type { useDialogueStore } from '../../../../stores/dialogue.ts';
import { usePresentation } from '../../live/presentation/usePresentation.ts';
import type { UseNotices } from '../../live/useNotices.ts';

/** What the desk presents; its media begin with the first screen that is shared from here. */
export function useDeskPresentation(
  store: ReturnType<typeof useDialogueStore>,
  notices: Pick<UseNotices, 'refused'>,
) {
  const isNeeded = ref(false);
  const { client } = useStageMedia({
    signaller: store.media,
    status: computed(() => (isNeeded.value ? store.status : 'connecting')),
    publishes: false,
    receives: null,
  });
  const presentation = usePresentation({ store, decks: () => store.desk.decks, notices, client });
  watch(presentation.share.state, (state) => {
    if (state !== 'off') isNeeded.value = true;
  });
  return presentation;
}
