import type { Presentation } from '@nhip-cau/shared/model/presentation';
import type { Principal } from '@nhip-cau/shared/protocol/socket';
import { readonly, ref, watch } from 'vue';
import { defaultRetryDelay } from '../core/retry-delay.ts';

export type ShownDeck = Extract<Presentation, { kind: 'deck' }>;

export interface UseDeckPageOptions {
  session: { readonly principal: Principal; readonly dialogueId: string };
  /** What is on the stage. */
  deck: () => ShownDeck;
  /** Fetches a picture; rejects when it cannot be had. Replaces the browser's way. */
  load?: (address: string) => Promise<unknown>;
  retryDelayMs?: (attempt: number) => number;
}

/**
 * The address of the page to show: the one before stays until the new one is decoded, so that
 * nothing flashes. What cannot be had is tried again; the page that follows is fetched ahead.
 */
export function useDeckPage({
  session: { principal, dialogueId },
  deck,
  load = decoded,
  retryDelayMs = defaultRetryDelay,
}: UseDeckPageOptions) {
  const shown = ref<string | null>(null);
  /** Held, or the browser may let it go before it is wanted. */
  let ahead: unknown;

  const addressOf = (deckId: string, page: number) =>
    `/api/dialogues/${dialogueId}/decks/${deckId}/pages/${page}` +
    `?principal=${encodeURIComponent(principal)}`;

  watch(
    () => addressOf(deck().deckId, deck().page),
    (address, _before, onCleanup) => {
      const { deckId, page, pages } = deck();
      let timer: ReturnType<typeof setTimeout> | undefined;
      let isWanted = true;
      onCleanup(() => {
        isWanted = false;
        clearTimeout(timer);
      });
      async function attempt(count: number): Promise<void> {
        try {
          await load(address);
        } catch {
          if (isWanted) timer = setTimeout(() => void attempt(count + 1), retryDelayMs(count));
          return;
        }
        if (!isWanted) return;
        shown.value = address;
        // Only a convenience: its turn comes, and then it is asked for again.
        if (page < pages) ahead = await load(addressOf(deckId, page + 1)).catch(() => ahead);
      }
      void attempt(0);
    },
    { immediate: true },
  );

  return readonly(shown);
}

async function decoded(address: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = address;
  await image.decode();
  return image;
}
