import type { CommandName, CommandPayload } from '@nhip-cau/shared/protocol/commands';
import { until } from '@vueuse/core';
import { onScopeDispose, reactive } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRefusal } from '../../../../composables/useRefusal.ts';
import type { useDialogueStore } from '../../../../stores/dialogue.ts';
import type { AnyCommand } from '../../live/inverse.ts';
import { useNotices } from '../../live/useNotices.ts';
import { stepOf } from './model/undo.ts';
import type { LineOf, Step } from './model/undo.ts';

/** Steps that can be taken back one after the other. */
const mostSteps = 200;
/** One step at a time is taken back. */
const undoing = 'undo';

/** Sends what an editor does, tells what was refused, and takes steps back. */
export function useEdits(
  { send, onSettled }: Pick<ReturnType<typeof useDialogueStore>, 'send' | 'onSettled'>,
  present: LineOf,
  mayEdit: () => boolean,
) {
  const { t } = useI18n();
  const { refusalText } = useRefusal();
  const notices = useNotices();
  const underWay = reactive(new Set<string>());
  const steps: Step[] = [];
  /** Lines that came back under another id when a merge was taken back. */
  const successors = new Map<string, string>();
  const lineOf: LineOf = (id) => {
    const successor = successors.get(id);
    return successor === undefined ? present(id) : lineOf(successor);
  };

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

  async function takeBack(step: Step): Promise<void> {
    const place = steps.indexOf(step);
    if (place >= 0) steps.splice(place, 1);
    const command = step.inverse(lineOf);
    if (!command) {
      notices.refused(t('live.undoLate'), t('transcript.undo.reason'));
      return;
    }
    underWay.add(undoing);
    const ok = await notices.during(sent(command));
    underWay.delete(undoing);
    if (ok && step.takenIn !== null && command.name === 'transcript.split') {
      successors.set(step.takenIn, command.payload.newLineId);
    }
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
    const step = stepOf(name, payload, lineOf);
    const subject = present(about)?.text ?? null;
    async function decide(): Promise<boolean> {
      underWay.add(about);
      const ok = await sent({ name, payload } as AnyCommand);
      underWay.delete(about);
      if (!ok || !step) return ok;
      steps.push(step);
      if (steps.length > mostSteps) steps.shift();
      const possible = () => mayEdit() && step.inverse(lineOf) !== null;
      if (done) notices.done(done, { possible, take: () => void takeBack(step) }, subject);
      return ok;
    }
    return notices.during(decide());
  }

  /** Takes back the last step that nobody has built upon since, once what is on its way stands. */
  async function undoLast(): Promise<void> {
    while (underWay.size > 0) await until(() => underWay.size).toBe(0);
    const last = steps.findLast(({ inverse }) => inverse(lineOf) !== null);
    if (last) await takeBack(last);
    else notices.refused(t('transcript.undo.none'), t('transcript.undo.noneReason'));
  }

  return { run, undoLast, notices, underWay };
}

export type UseEdits = ReturnType<typeof useEdits>;
