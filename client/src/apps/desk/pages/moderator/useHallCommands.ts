import type { CommandName, CommandPayload } from '@nhip-cau/shared/protocol/commands';
import { onScopeDispose } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRefusal } from '../../../../composables/useRefusal.ts';
import type { useDialogueStore } from '../../../../stores/dialogue.ts';
import { useNotices } from '../../live/useNotices.ts';
import { wayBack } from './undo.ts';
import type { HallView } from './undo.ts';
import { useKept } from './useKept.ts';

type Store = Pick<ReturnType<typeof useDialogueStore>, 'send' | 'onSettled'>;

/**
 * Sends what the moderator decides, with a line or without. Each step offers for ten seconds a way
 * back; what the city refuses, perhaps long afterwards, is told with the words kept.
 */
export function useHallCommands(store: Store, bridgePointId: string, view: () => HallView) {
  const { t } = useI18n();
  const { refusalText } = useRefusal();
  const notices = useNotices();
  const kept = useKept(bridgePointId);

  const stopHearing = store.onSettled(({ command, outcome }) => {
    if (outcome.ok) return;
    kept.keep(command, outcome.error);
    const what = t(`moderator.did.${command.name}`);
    notices.refused(t('moderator.refused', { what }), refusalText(outcome.error));
  });
  onScopeDispose(stopHearing);

  /** `done` says in words what can be taken back; without it nothing is offered. */
  function give<Name extends CommandName>(
    name: Name,
    payload: CommandPayload<Name>,
    done?: string,
  ): void {
    const back = done ? wayBack(name, payload, view(), t('moderator.undoReason')) : null;
    void store.send(name, payload);
    if (!back || !done) return;
    notices.done(done, {
      possible: () => back(view()) !== null,
      take() {
        const command = back(view());
        if (command) void store.send(command.name, command.payload);
      },
    });
  }

  return { give, notices, kept };
}
