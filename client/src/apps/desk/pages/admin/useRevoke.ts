import type { SessionBody } from '@nhip-cau/shared/protocol/http';
import { useI18n } from 'vue-i18n';
import { useAct } from '../../parts/useAct.ts';
import { useConfirm } from '../../parts/useConfirm.ts';

/** Ends a session after asking; then the list is loaded again. */
export function useRevoke(
  end: (session: SessionBody) => Promise<unknown>,
  reload: () => Promise<void>,
) {
  const { t } = useI18n();
  const confirm = useConfirm();
  const { busy, run } = useAct();

  async function revoke(session: SessionBody): Promise<void> {
    const name = session.displayName ?? t('admin.sessions.unnamed');
    const sure = await confirm({
      title: t('admin.sessions.revokeTitle', { name }),
      text: t(`admin.sessions.revokeText.${session.kind}`),
      action: t('admin.sessions.revoke'),
      severe: true,
    });
    if (!sure) return;
    await run(() => end(session), {
      done: t('admin.sessions.revoked', { name }),
      failed: t('admin.sessions.notRevoked'),
    });
    await reload();
  }

  return { busy, revoke };
}
