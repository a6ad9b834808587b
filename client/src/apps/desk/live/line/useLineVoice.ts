import type { LineFact } from '@nhip-cau/shared/protocol/facts';
import { computed, onScopeDispose, readonly, ref, shallowRef, watch } from 'vue';
import type { Ref } from 'vue';
import type { MediaClient } from '../../../../core/media/media-client.ts';

export interface UseLineVoiceOptions {
  client: MediaClient;
  /** The line that this page may talk on; `null` for none. */
  line: Readonly<Ref<LineFact | null>>;
  /** Opens this computer's microphone; rejects when it cannot. */
  openMicrophone: () => Promise<MediaStreamTrack>;
}

/**
 * This page's voice on a private line. The microphone opens only when a person here has rung,
 * answered or asked to talk, and only while the line is open; a page that was opened again waits
 * for a person. The other side is heard meanwhile.
 */
export function useLineVoice({ client, line, openMicrophone }: UseLineVoiceOptions) {
  const isOpen = computed(() => line.value?.state === 'open');
  const isWanted = ref(false);
  const failed = ref(false);
  /** Whether another page of this hall or account has taken the talk over. */
  const replaced = ref(false);
  const track = shallowRef<MediaStreamTrack | null>(null);
  const heard = shallowRef<MediaStream | null>(null);
  const { receiver } = client;
  let turn = 0;

  const refresh = () => (heard.value = receiver.feeds('line')[0]?.stream ?? null);
  const subscriptions = (['feedAdded', 'feedState', 'feedRemoved'] as const).map((event) =>
    receiver.on(event, refresh),
  );
  subscriptions.push(
    client.publisher.on('replaced', ({ group }) => {
      if (group !== 'line') return;
      isWanted.value = false;
      replaced.value = true;
    }),
  );

  async function open(): Promise<void> {
    const mine = (turn += 1);
    failed.value = false;
    try {
      const opened = await openMicrophone();
      if (mine !== turn) return opened.stop();
      track.value = opened;
      await client.send('line', opened);
    } catch {
      if (mine === turn) failed.value = true;
    }
  }

  function close(): void {
    turn += 1;
    if (track.value === null) return;
    track.value.stop();
    track.value = null;
    void client.send('line', null);
  }

  watch([isOpen, isWanted], ([opened, wanted]) => {
    if (opened && wanted) void open();
    else close();
  });
  // The end of a talk is the end of the wish to talk.
  watch(
    () => line.value?.state ?? 'idle',
    (state) => {
      if (state !== 'idle') return;
      isWanted.value = false;
      failed.value = false;
      replaced.value = false;
    },
  );
  onScopeDispose(() => {
    close();
    subscriptions.forEach((unsubscribe) => unsubscribe());
  });

  return {
    /** A person here rings, answers or talks. */
    want() {
      replaced.value = false;
      isWanted.value = true;
    },
    /** What they asked for was refused. */
    unwant: () => (isWanted.value = false),
    talks: computed(() => track.value !== null),
    failed: readonly(failed),
    replaced: readonly(replaced),
    heard: computed(() => (isOpen.value ? heard.value : null)),
  };
}

export type UseLineVoice = ReturnType<typeof useLineVoice>;
