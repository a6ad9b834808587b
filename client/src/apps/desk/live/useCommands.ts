import type { CommandName, CommandPayload } from '@nhip-cau/shared/protocol/commands';
import { onScopeDispose, reactive } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRefusal } from '../../../composables/useRefusal.ts';
import type { useDialogueStore } from '../../../stores/dialogue.ts';
import { inverseOf } from './inverse.ts';
import type { AnyCommand, Inverse, QuestionsView } from './inverse.ts';
import { useNotices } from './useNotices.ts';

/**
 * Sends what a person decides, tells what was refused, and offers for ten seconds to take back what
 * can be. The same command for the same thing is not sent twice while the first is on its way.
 */
export function useCommands(
  { send, onSettled }: Pick<ReturnType<typeof useDialogueStore>, 'send' | 'onSettled'>,
  view: QuestionsView,
) {
  const { t } = useI18n();
  const { refusalText } = useRefusal();
  const notices = useNotices();
  const underWay = reactive(new Set<string>());

  const stopHearing = onSettled(({ outcome, kept }) => {
    if (kept && !outcome.ok) notices.refused(t('live.refusedKept'), refusalText(outcome.error));
  });
  onScopeDispose(stopHearing);

  async function sent({ name, payload }: AnyCommand): Promise<boolean> {
    const outcome = await send(name, payload);
    if (!outcome.ok) notices.refused(t('live.refused'), refusalText(outcome.error));
    return outcome.ok;
  }

  async function takeBack(inverse: Inverse): Promise<void> {
    const command = inverse(view);
    if (command) await sent(command);
    else notices.refused(t('live.undoLate'), t('live.undoLateReason'));
  }

  /**
   * Resolves to whether it was committed. `about` is the question or turn; `done` says in words
   * what can be taken back.
   */
  async function run<Name extends CommandName>(
    name: Name,
    payload: CommandPayload<Name>,
    { about, questionId = about, done }: { about: string; questionId?: string; done?: string },
  ): Promise<boolean> {
    const key = `${name} ${about}`;
    if (underWay.has(key)) return false;
    const inverse = inverseOf(name, payload, questionId, view);
    const subject = view.question(questionId)?.wording ?? null;
    async function decide(): Promise<boolean> {
      underWay.add(key);
      const ok = await sent({ name, payload } as AnyCommand);
      underWay.delete(key);
      if (!ok || !inverse || !done) return ok;
      const possible = () => inverse(view) !== null;
      notices.done(done, { possible, take: () => void takeBack(inverse) }, subject);
      return ok;
    }
    return notices.during(decide());
  }

  return { run, notices, underWay };
}

export type UseCommands = ReturnType<typeof useCommands>;
