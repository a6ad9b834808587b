import type { Presentation } from '@nhip-cau/shared/model/presentation';
import { onScopeDispose, readonly, ref, watch } from 'vue';
import type { MediaClient } from '../core/media/media-client.ts';
import type { useDialogueStore } from '../stores/dialogue.ts';

export interface UseScreenShareOptions {
  client: MediaClient;
  /** For whom this page presents: its own hall, staff for the central bridge point. */
  bridgePointId: () => string | null;
  /** What is on the stage. */
  shown: () => Presentation | null;
  send: ReturnType<typeof useDialogueStore>['send'];
  /** Told why the server did not do it, where nothing else on the page tells it. */
  refused?: (error: unknown) => void;
  /** Lets a person choose what is shared; replaces the browser's own dialog. */
  choose?: () => Promise<MediaStream>;
}

export type ScreenShareState = 'off' | 'choosing' | 'sharing';

/** What a browser's dialog offers; the sound goes out as it is, for a film's is no voice. */
const wishes: DisplayMediaStreamOptions = {
  video: { frameRate: { max: 30 } },
  audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
};

/**
 * Shares this computer's screen and its sound on the stage. Only a person's click begins it; it
 * ends with the presentation, whoever ends that, and ends the presentation when the browser's own
 * button ends it.
 */
export function useScreenShare({
  client,
  bridgePointId,
  shown,
  send,
  refused = () => {},
  choose = () => navigator.mediaDevices.getDisplayMedia(wishes),
}: UseScreenShareOptions) {
  const state = ref<ScreenShareState>('off');
  const failed = ref(false);
  const replaced = ref(false);
  let stream: MediaStream | null = null;
  let isDisposed = false;

  const isShown = () => {
    const now = shown();
    return now?.kind === 'screen' && now.bridgePointId === bridgePointId();
  };

  async function start(): Promise<void> {
    const hall = bridgePointId();
    if (state.value !== 'off' || hall === null) return;
    state.value = 'choosing';
    failed.value = false;
    replaced.value = false;
    try {
      stream = await choose();
    } catch (error) {
      state.value = 'off';
      // Whoever closes the browser's dialog has changed their mind.
      failed.value = !(error instanceof DOMException && error.name === 'NotAllowedError');
      return;
    }
    // The page was left while the browser's dialog stood open.
    if (isDisposed) return stream.getTracks().forEach((track) => track.stop());
    const [picture] = stream.getVideoTracks();
    const [sound] = stream.getAudioTracks();
    state.value = 'sharing';
    if (!picture) return release();
    // Letters stay sharp; a poor line takes frames instead.
    picture.contentHint = 'detail';
    picture.addEventListener('ended', () => void stop());
    // Both are wanted before a way is opened for them, so that one is opened once.
    void client.publisher.setSource('screenSound', sound ?? null);
    await client.send('screen', picture);
    const outcome = await send('presentation.showScreen', { bridgePointId: hall });
    if (outcome.ok) return;
    release();
    refused(outcome.error);
  }

  /** Ends it here; the page, or the server at the turn's end, does the rest. Idempotent. */
  function release(): void {
    if (state.value !== 'sharing') return;
    state.value = 'off';
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    void client.send('screen', null);
    void client.send('screenSound', null);
  }

  async function stop(): Promise<void> {
    if (state.value !== 'sharing') return;
    const wasShown = isShown();
    release();
    if (!wasShown) return;
    const outcome = await send('presentation.end', {});
    if (!outcome.ok) refused(outcome.error);
  }

  watch(isShown, (now, before) => {
    if (before && !now) release();
  });
  const subscriptions = [
    client.publisher.on('replaced', ({ group }) => {
      if (group !== 'screen') return;
      replaced.value = state.value === 'sharing';
      release();
    }),
    client.publisher.on('failed', () => {
      if (state.value === 'sharing') failed.value = true;
    }),
  ];
  onScopeDispose(() => {
    isDisposed = true;
    subscriptions.forEach((unsubscribe) => unsubscribe());
    release();
  });

  return {
    state: readonly(state),
    /** The screen could not be had from the browser, or not be sent. */
    failed: readonly(failed),
    /** Another computer of this hall, or of the head table, shares in place of this one. */
    replaced: readonly(replaced),
    start,
    stop,
  };
}

export type UseScreenShare = ReturnType<typeof useScreenShare>;

/** Whether this browser can share a screen: a telephone's cannot. */
export function canShareScreen(): boolean {
  return typeof navigator.mediaDevices?.getDisplayMedia === 'function';
}
