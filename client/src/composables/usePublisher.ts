import { computed, readonly, ref, shallowReadonly, shallowRef, watch } from 'vue';
import type { PublisherState } from '../core/media/publisher.ts';
import type { UseDevices } from './useDevices.ts';
import type { UseStageMedia } from './useStageMedia.ts';

/** `on`: the camera or the microphone is offered to the server; `replaced`: another computer's is. */
export type Sending = 'off' | 'starting' | 'on' | 'replaced';

/** Offers the computer's devices through the page's media, and tells what the server says of it. */
export function usePublisher(
  { client, state }: Pick<UseStageMedia, 'client' | 'state'>,
  { camera, microphone, running, starting }: UseDevices,
) {
  const { publisher } = client;
  const feed = shallowRef<PublisherState>(publisher.state);
  const failed = ref(false);

  publisher.on('state', (current) => (feed.value = current));
  publisher.on('failed', () => (failed.value = true));
  watch(camera, (track) => {
    failed.value = false;
    void publisher.setCamera(track);
  });
  watch(microphone, (track) => {
    failed.value = false;
    void publisher.setMicrophone(track);
  });

  const sending = computed<Sending>(() => {
    if (state.value === 'replaced') return 'replaced';
    if (starting.value) return 'starting';
    if (!running.value) return 'off';
    return state.value === 'joined' ? 'on' : 'starting';
  });

  return {
    feed: shallowReadonly(feed),
    sending,
    /** The server did not take a device; it is offered again at the next change or rejoin. */
    failed: readonly(failed),
    takeOver: () => client.takeOver(),
  };
}

export type UsePublisher = ReturnType<typeof usePublisher>;
