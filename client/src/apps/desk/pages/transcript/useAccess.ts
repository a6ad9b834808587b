import { type Action, grantedRole } from '@nhip-cau/shared/model/permissions';
import { computed } from 'vue';
import { useSessionStore } from '../../../../stores/session.ts';
import { useLoad } from '../../parts/useLoad.ts';
import { useRequests } from '../../parts/useRequests.ts';

/** What this account may do with the transcript of a dialogue, as the permission table has it. */
export interface Access {
  edit: boolean;
  certify: boolean;
  listen: boolean;
  /** Sees the film of its recording. */
  watch: boolean;
  history: boolean;
  /** Reads more of it than is published. */
  readMore: boolean;
}

/** Asks once which roles the account has there; `null` until that is known. */
export function useAccess(dialogueId: string) {
  const session = useSessionStore();
  const { value: dialogues, error, reload } = useLoad(useRequests().dialogues);
  const access = computed<Access | null>(() => {
    if (!dialogues.value) return null;
    const holder = {
      platformRoles: session.account?.isAdmin ? (['admin'] as const) : [],
      dialogueId,
      dialogueRoles: dialogues.value.find(({ id }) => id === dialogueId)?.roles ?? [],
      bridgePointId: null,
      personId: null,
    };
    const may = (action: Action) => grantedRole(holder, action, { dialogueId }) !== null;
    return {
      edit: may('transcript.edit'),
      certify: may('transcript.certify'),
      listen: may('transcript.listen'),
      watch: may('recording.list') && may('recording.read'),
      history: may('transcript.history'),
      readMore: may('audience.desk') || may('audience.host'),
    };
  });
  return { access, error, reload };
}
