import { useWindowSize } from '@vueuse/core';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { UseStageMedia } from '../../composables/useStageMedia.ts';
import type { useDialogueStore } from '../../stores/dialogue.ts';
import { placed, screenLayout } from './layout.ts';

/** The pictures that are there now, and the layout that they make on this window. */
export function useStagePictures(
  store: ReturnType<typeof useDialogueStore>,
  { pictureOf, screenOf }: Pick<UseStageMedia, 'pictureOf' | 'screenOf'>,
) {
  const { t } = useI18n();
  const { width, height } = useWindowSize();
  const turn = computed(() => store.stage?.onAir ?? null);
  const centralId = computed(() => store.dialogue?.centralBridgePointId);
  const speakerStream = computed(() => pictureOf(turn.value?.bridgePointId));
  const leaderStream = computed(() =>
    turn.value?.bridgePointId === centralId.value ? null : pictureOf(centralId.value),
  );
  const presentation = computed(() => store.stage?.presentation ?? null);
  const screenStream = computed(() =>
    presentation.value?.kind === 'screen' ? screenOf(presentation.value.bridgePointId) : null,
  );
  const layout = computed(() =>
    screenLayout(
      {
        speaker: speakerStream.value !== null,
        leader: leaderStream.value !== null,
        // A document at once, a screen once its picture comes.
        presented: presentation.value?.kind === 'deck' || screenStream.value !== null,
      },
      width.value / height.value,
    ),
  );

  /** One list for both places: a picture that moves from one to the other is not begun anew. */
  const tiles = computed(() => {
    const { presented, speaker, leader } = layout.value;
    return [
      ...(speaker && turn.value
        ? [
            {
              id: turn.value.bridgePointId,
              stream: speakerStream.value,
              name: turn.value.bridgePointName,
              style: placed(speaker),
              speaks: true,
              large: presented === null,
            },
          ]
        : []),
      ...(leader && centralId.value
        ? [
            {
              id: centralId.value,
              stream: leaderStream.value,
              name: t('screen.leader'),
              style: placed(leader),
              speaks: false,
              large: presented === null && speaker === null,
            },
          ]
        : []),
    ];
  });

  return {
    turn,
    presentation,
    screenStream,
    layout,
    tiles,
    /** The large picture of a person, or undefined while there is none. */
    picture: () => (speakerStream.value ?? leaderStream.value)?.getVideoTracks()[0] ?? null,
  };
}
