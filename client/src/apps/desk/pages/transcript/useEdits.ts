import type { CommandName, CommandPayload } from '@nhip-cau/shared/protocol/commands';
import { onScopeDispose, reactive } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRefusal } from '../../../../composables/useRefusal.ts';
import type { useDialogueStore } from '../../../../stores/dialogue.ts';
import type { AnyCommand } from '../../live/inverse.ts';
import { useNotices } from '../../live/useNotices.ts';
import { inverseOf } from './model/undo.ts';
import type { Inverse, LineOf } from './model/undo.ts';

/** Steps that can be taken back one after the other. */
const mostSteps = 200;

/** Sends what an editor does, tells what was refused, and takes steps back. */
export function useEdits(
  { send, onSettled }: Pick<ReturnType<typeof useDialogueStore>, 'send' | 'onSettled'>,
  lineOf: LineOf,
) {
  const { t } = useI18n();
  const { refusalText } = useRefusal();
  const notices = useNotices();
  const underWay = reactive(new Set<string>());
  const steps: Inverse[] = [];

  onScopeDispose(
    onSettled(({ outcome, kept }) => {
      if (kept && !outcome.ok) notices.refused(t('live.refusedKept'), refusalText(outcome.error));
    }),
  );

  async function sent({ name, payload }: AnyCommand): Promise<boolean> {
    const outcome = await send(name, payload);
    if (!outcome.ok) notices.refused(t('live.refused'), refusalText(outcome.error));
    return outcome.ok;
  }

  function takeBack(inverse: Inverse): Promise<boolean> {
    const place = steps.indexOf(inverse);
    if (place >= 0) steps.splice(place, 1);
    const command = inverse(lineOf);
    if (command) return notices.during(sent(command));
    notices.refused(t('live.undoLate'), t('live.undoLateReason'));
    return Promise.resolve(false);
  }

  /**
   * Resolves to whether it was committed. `about` is the line, and one thing is done to it at a
   * time; `done` says in words what can be taken back.
   */
  async function run<Name extends CommandName>(
    name: Name,
    payload: CommandPayload<Name>,
    { about, done }: { about: string; done?: string },
  ): Promise<boolean> {
    if (underWay.has(about)) return false;
    const inverse = inverseOf(name, payload, lineOf);
    const subject = lineOf(about)?.text ?? null;
    async function decide(): Promise<boolean> {
      underWay.add(about);
      const ok = await sent({ name, payload } as AnyCommand);
      underWay.delete(about);
      if (!ok || !inverse) return ok;
      steps.push(inverse);
      if (steps.length > mostSteps) steps.shift();
      const possible = () => inverse(lineOf) !== null;
      if (done) notices.done(done, { possible, take: () => void takeBack(inverse) }, subject);
      return ok;
    }
    return notices.during(decide());
  }

  /** Takes back the last step that nobody has built upon since. */
  async function undoLast(): Promise<void> {
    const last = steps.findLast((inverse) => inverse(lineOf) !== null);
    if (last) await takeBack(last);
    else notices.refused(t('transcript.undo.none'), t('live.undoLateReason'));
  }

  return { run, undoLast, notices, underWay };
}

export type UseEdits = ReturnType<typeof useEdits>;
