import { computed, onScopeDispose, readonly, shallowReadonly, shallowRef, ref, watch } from 'vue';
import type { Ref } from 'vue';
import { MediaClient } from '../core/media/media-client.ts';
import type { MediaClientState, ReceiveOptions } from '../core/media/media-client.ts';
import type { ReceivedFeed } from '../core/media/receiver.ts';
import type { Signaller } from '../core/media/signaller.ts';

export interface UseStageMediaOptions {
  signaller: Signaller;
  /** The connection's status: each new `online` is a new socket, so the room is joined anew. */
  status: Readonly<Ref<string>>;
  /** Whether this page publishes its bridge point's feed; then give `client` to `usePublisher`. */
  publishes: boolean;
  /** What is received; a change is declared at once. `null` receives nothing. */
  receives: Readonly<Ref<ReceiveOptions>> | null;
}

/** A page's part in the stage's media, for as long as the calling scope lives. */
export function useStageMedia({ signaller, status, publishes, receives }: UseStageMediaOptions) {
  const client = new MediaClient({ signaller, publishes, receives: receives?.value ?? null });
  const state = ref<MediaClientState>(client.state);
  const feeds = shallowRef<ReadonlyMap<string, ReceivedFeed>>(new Map());
  const screens = shallowRef<ReadonlyMap<string, ReceivedFeed>>(new Map());
  const { receiver } = client;
  const byHall = (received: readonly ReceivedFeed[]) =>
    new Map(received.map((feed) => [feed.bridgePointId, feed]));
  const refresh = () => {
    feeds.value = byHall(receiver.feeds());
    screens.value = byHall(receiver.feeds('screen'));
  };
  const pictureIn = (
    { value }: Readonly<Ref<ReadonlyMap<string, ReceivedFeed>>>,
    bridgePointId: string | null | undefined,
  ): MediaStream | null => {
    const feed = bridgePointId ? value.get(bridgePointId) : undefined;
    return feed?.video === 'flowing' ? feed.stream : null;
  };

  client.on('state', (current) => (state.value = current));
  for (const event of ['feedAdded', 'feedState', 'feedRemoved'] as const) {
    receiver.on(event, refresh);
  }
  watch(
    status,
    (now) => {
      if (now !== 'online') return;
      if (client.state === 'idle') void client.start();
      else client.rejoin();
    },
    { immediate: true },
  );
  if (receives) {
    // A refusal is repaired by the next join, which declares the newest wish.
    watch(receives, (wish) => void client.setReceives(wish).catch(() => {}));
  }
  onScopeDispose(() => client.close());

  return {
    client,
    state: readonly(state),
    feeds: shallowReadonly(feeds),
    /** The bridge point's stream while its picture flows, for a video element. */
    pictureOf: (bridgePointId: string | null | undefined) => pictureIn(feeds, bridgePointId),
    /** The same of the screen that it presents. */
    screenOf: (bridgePointId: string | null | undefined) => pictureIn(screens, bridgePointId),
    /** Feeds whose sound flows, whether or not their picture is shown. */
    sounding: computed(() => flowing(feeds.value)),
    /** The sound of presented screens. */
    screensSounding: computed(() => flowing(screens.value)),
  };
}

function flowing(feeds: ReadonlyMap<string, ReceivedFeed>): ReceivedFeed[] {
  return [...feeds.values()].filter(({ audio }) => audio === 'flowing');
}

export type UseStageMedia = ReturnType<typeof useStageMedia>;
