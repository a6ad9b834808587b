import { computed, onScopeDispose } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { provideClock } from '../../../composables/useClock.ts';
import { useDialogueStore } from '../../../stores/dialogue.ts';
import { useSessionStore } from '../../../stores/session.ts';
import type { ConnectionState } from '../../../ui/ConnectionBar.vue';

/**
 * Connects the page to the dialogue of its address for as long as it is open, and gives what is
 * below it the server's clock.
 */
export function useLiveDialogue() {
  const route = useRoute();
  const router = useRouter();
  const session = useSessionStore();
  const store = useDialogueStore();
  const dialogueId = String(route.params.dialogueId);

  if (session.principal) store.connect({ principal: session.principal, dialogueId });
  provideClock(store.now);
  onScopeDispose(() => store.disconnect());

  const connection = computed<ConnectionState>(() => {
    if (store.status === 'revoked') return 'signedOut';
    return store.signals.isBlind ? 'blind' : store.status;
  });
  const signIn = () => router.push({ name: 'signIn', query: { next: route.fullPath } });

  return { store, connection, signIn };
}
