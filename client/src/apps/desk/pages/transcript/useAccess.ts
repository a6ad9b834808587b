import { computed } from 'vue';
import { useSessionStore } from '../../../../stores/session.ts';
import { useLoad } from '../../parts/useLoad.ts';
import { useRequests } from '../../parts/useRequests.ts';

/** What this account may do with the transcript of a dialogue, as the permission table has it. */
export interface Access {
  edit: boolean;
  certify: boolean;
  listen: boolean;
  history: boolean;
}

/** Asks once which roles the account has there; `null` until that is known. */
export function useAccess(dialogueId: string) {
  const session = useSessionStore();
  const { value: dialogues, error, reload } = useLoad(useRequests().dialogues);
  const access = computed<Access | null>(() => {
    if (!dialogues.value) return null;
    const roles = dialogues.value.find(({ id }) => id === dialogueId)?.roles ?? [];
    const isSecretary = roles.includes('secretary');
    const isAdmin = session.account?.isAdmin ?? false;
    return {
      edit: isSecretary,
      certify: isSecretary || roles.includes('host'),
      listen: isSecretary || isAdmin || roles.includes('supervisor'),
      history: isSecretary || isAdmin,
    };
  });
  return { access, error, reload };
}
