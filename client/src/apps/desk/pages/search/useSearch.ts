import type {
  TranscriptHit,
  TranscriptSearchBody,
} from '@nhip-cau/shared/protocol/transcript-record';
import { watchDebounced } from '@vueuse/core';
import { ref, shallowRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { api } from '../../../../core/http.ts';
import { useSessionStore } from '../../../../stores/session.ts';

const typingMs = 400;
/** Less than this is found everywhere. */
export const leastLength = 2;

/**
 * A search across transcripts that goes with the page's address, so that it can be sent on and come
 * back to. What a newer search has overtaken is dropped.
 */
export function useSearch() {
  const route = useRoute();
  const router = useRouter();
  const session = useSessionStore();
  const asked = (name: string) => {
    const value = route.query[name];
    return typeof value === 'string' ? value : '';
  };
  const sought = ref(asked('q'));
  const dialogueId = ref(asked('dialogue'));
  const hits = shallowRef<readonly TranscriptHit[] | null>(null);
  const next = ref<string | null>(null);
  const error = shallowRef<unknown>(null);
  const loading = ref(false);
  let newest = 0;

  async function ask(after: string | null): Promise<void> {
    const q = sought.value.trim();
    const mine = (newest += 1);
    if (q.length < leastLength) {
      [hits.value, next.value, error.value, loading.value] = [null, null, null, false];
      return;
    }
    loading.value = true;
    const query = new URLSearchParams({
      q,
      ...(dialogueId.value && { dialogueId: dialogueId.value }),
      ...(after && { after }),
    });
    try {
      const body = await api<TranscriptSearchBody>('GET', `/api/transcripts/search?${query}`, {
        principal: session.principal,
      });
      if (mine !== newest) return;
      hits.value = after === null ? body.hits : [...(hits.value ?? []), ...body.hits];
      next.value = body.next;
      error.value = null;
    } catch (failure) {
      if (mine === newest) error.value = failure;
    } finally {
      if (mine === newest) loading.value = false;
    }
  }

  function search(): Promise<void> {
    const query = {
      ...(sought.value.trim() && { q: sought.value.trim() }),
      ...(dialogueId.value && { dialogue: dialogueId.value }),
    };
    void router.replace({ query });
    return ask(null);
  }

  watchDebounced([sought, dialogueId], search, { debounce: typingMs });
  void ask(null);

  return { sought, dialogueId, hits, next, error, loading, search, more: () => ask(next.value) };
}
