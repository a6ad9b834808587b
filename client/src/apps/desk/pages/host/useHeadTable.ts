import { useLocalStorage } from '@vueuse/core';
import { computed, readonly, ref, watch } from 'vue';
import { useDevices } from '../../../../composables/useDevices.ts';
import { usePublisher } from '../../../../composables/usePublisher.ts';
import { useStageMedia } from '../../../../composables/useStageMedia.ts';
import type { useDialogueStore } from '../../../../stores/dialogue.ts';
import { centralState } from './model/central-feed.ts';

/**
 * The stage's picture for the host, and the head table's own camera and microphone. The tablet is
 * silent until asked: it lies beside microphones, and the hall has its own loudspeakers.
 */
export function useHeadTable(store: ReturnType<typeof useDialogueStore>) {
  const sound = useLocalStorage('nhip-cau.host-sound', false);
  const media = useStageMedia({
    signaller: store.media,
    status: computed(() => store.status),
    publishes: true,
    receives: computed(() => ({ wantsVideo: true, wantsAudio: sound.value, maxFeeds: 1 })),
  });
  const devices = useDevices();
  const { feed, sending, failed, takeOver } = usePublisher(media, devices);
  const muted = ref(false);

  // After the publisher's own watch, so that a microphone changed while muted stays silent.
  watch([muted, devices.microphone], ([isMuted, track]) => {
    void media.client.publisher.setMicrophone(isMuted ? null : track);
  });

  const state = computed(() =>
    centralState({
      sending: sending.value,
      hasMicrophone: devices.microphone.value !== null,
      muted: muted.value,
      microphone: feed.value.microphone,
    }),
  );

  return {
    client: media.client,
    pictureOf: media.pictureOf,
    screenOf: media.screenOf,
    sound,
    state,
    failed,
    takeOver,
    failures: devices.failures,
    preview: devices.preview,
    muted: readonly(muted),
    toggleMute: () => (muted.value = !muted.value),
    start: devices.start,
    stop: devices.stop,
  };
}

export type UseHeadTable = ReturnType<typeof useHeadTable>;
