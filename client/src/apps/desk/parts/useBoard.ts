import type { CommandName, CommandPayload } from '@nhip-cau/shared/protocol/commands';
import { onMounted, onUnmounted } from 'vue';
import { useRoute } from 'vue-router';
import { useDialogueStore } from '../../../stores/dialogue.ts';
import { useSessionStore } from '../../../stores/session.ts';
import { useAct } from './useAct.ts';

/** For a page: opens the dialogue of its address and closes it when the page goes. */
export function useBoardPage() {
  const session = useSessionStore();
  const { dialogueId, board } = useBoard();

  onMounted(() => {
    if (session.principal) board.connect({ principal: session.principal, dialogueId });
  });
  onUnmounted(() => board.disconnect());
  return { dialogueId, board };
}

/** The page's dialogue as it stands, and its commands with their outcome told. */
export function useBoard() {
  const board = useDialogueStore();
  const { busy, run } = useAct();
  const dialogueId = String(useRoute().params.dialogueId);

  /** Sends a command; resolves to whether it was taken. */
  function command<Name extends CommandName>(
    name: Name,
    payload: CommandPayload<Name>,
    words: { done?: string; failed: string },
  ): Promise<boolean> {
    return run(async () => {
      const outcome = await board.send(name, payload);
      if (!outcome.ok) throw outcome.error;
    }, words);
  }

  return { dialogueId, board, busy, command };
}
