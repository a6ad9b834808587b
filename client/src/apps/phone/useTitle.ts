import type { JoinInvitationBody } from '@nhip-cau/shared/protocol/http';
import { watchEffect } from 'vue';
import type { Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { useDialogueStore } from '../../stores/dialogue.ts';

/** Names the window after the dialogue, in the language of the page. */
export function useTitle(invitation: Readonly<Ref<JoinInvitationBody | null>>): void {
  const { t } = useI18n();
  const store = useDialogueStore();
  watchEffect(() => {
    const title = store.dialogue?.title ?? invitation.value?.title;
    document.title = title ? `${title} · ${t('common.appName')}` : t('common.appName');
  });
}
