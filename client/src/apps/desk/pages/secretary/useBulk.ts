import type { ProtocolError } from '@nhip-cau/shared/protocol/errors';
import type { DeskQuestionFact } from '@nhip-cau/shared/protocol/facts';
import { useOverlay } from '@nuxt/ui/composables';
import { shallowReadonly, shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRefusal } from '../../../../composables/useRefusal.ts';
import type { useDialogueStore } from '../../../../stores/dialogue.ts';
import type { UseNotices } from '../../live/useNotices.ts';
import { inChunks, isAsDone, standingInTheWay, takingBack } from './model/bulk.ts';
import type { BulkAction, BulkCommand } from './model/bulk.ts';
import BlockedDialog from './parts/BlockedDialog.vue';

/** One step for many questions: sent in parts, refused with names, taken back for ten seconds. */
export function useBulk(store: ReturnType<typeof useDialogueStore>, notices: UseNotices) {
  const { t } = useI18n();
  const { refusalText } = useRefusal();
  const overlay = useOverlay();
  const blockedDialog = () => overlay.create(BlockedDialog, { destroyOnClose: true });
  const progress = shallowRef<{ done: number; of: number } | null>(null);
  const questionsOf = (ids: readonly string[]) =>
    ids.flatMap((id) => store.desk.questions.get(id) ?? []);

  /** Sends one part; what stands in its way is left out if `goOn` says so. Gives what was done. */
  async function sendPart(
    command: BulkCommand,
    goOn: (blocked: string[], rest: number, error: ProtocolError) => Promise<boolean>,
  ): Promise<readonly string[] | null> {
    let { questionIds } = command;
    while (questionIds.length > 0) {
      const outcome = await store.send('question.bulk', { ...command, questionIds });
      if (outcome.ok) return questionIds;
      const blocked = standingInTheWay(outcome.error.details);
      const rest = questionIds.filter((id) => !blocked.includes(id));
      if (rest.length === questionIds.length) {
        notices.refused(t('live.refused'), refusalText(outcome.error));
        return null;
      }
      if (!(await goOn(blocked, rest.length, outcome.error))) return null;
      questionIds = rest;
    }
    return [];
  }

  const run: typeof send = (...step) => notices.during(send(...step));
  async function send(
    action: BulkAction,
    questions: readonly DeskQuestionFact[],
    done: (count: number) => string,
  ): Promise<readonly string[]> {
    if (progress.value !== null) return [];
    const before = new Map(questions.map((question) => [question.id, question]));
    const doneIds: string[] = [];
    progress.value = { done: 0, of: before.size };
    try {
      for (const command of inChunks([...before.keys()], action)) {
        const part = await sendPart(
          command,
          async (blocked, rest, error) =>
            (await blockedDialog().open({
              blocked: questionsOf(blocked),
              rest,
              reason: refusalText(error),
            }).result) === true,
        );
        if (part === null) break;
        doneIds.push(...part);
        progress.value = { done: doneIds.length, of: before.size };
      }
    } finally {
      progress.value = null;
    }
    if (doneIds.length > 0) offerBack(action, doneIds, before, done(doneIds.length));
    return doneIds;
  }

  function offerBack(
    action: BulkAction,
    doneIds: readonly string[],
    before: ReadonlyMap<string, DeskQuestionFact>,
    words: string,
  ): void {
    const left = () => questionsOf(doneIds).filter((question) => isAsDone(action, question));
    notices.done(words, {
      possible: () => left().length > 0,
      take: () => void takeBack(left().flatMap(({ id }) => before.get(id) ?? [])),
    });
    async function takeBack(questions: readonly DeskQuestionFact[]): Promise<void> {
      let late = doneIds.length - questions.length;
      let done = 0;
      progress.value = { done, of: questions.length };
      try {
        for (const command of takingBack(action, questions)) {
          const part = await sendPart(command, async (blocked) => {
            late += blocked.length;
            return true;
          });
          if (part === null) return;
          done += part.length;
          progress.value = { done, of: questions.length };
        }
      } finally {
        progress.value = null;
      }
      if (late > 0)
        notices.refused(
          t('secretary.bulk.undoLate', { count: late }, late),
          t('live.undoLateReason'),
        );
    }
  }

  return { progress: shallowReadonly(progress), run };
}

export type UseBulk = ReturnType<typeof useBulk>;
