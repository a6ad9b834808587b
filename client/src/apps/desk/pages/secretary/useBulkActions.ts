import type { DispositionKind, Urgency } from '@nhip-cau/shared/model/questions';
import type { DeskQuestionFact } from '@nhip-cau/shared/protocol/facts';
import { useOverlay } from '@nuxt/ui/composables';
import { useI18n } from 'vue-i18n';
import type { useDialogueStore } from '../../../../stores/dialogue.ts';
import { useDisposition } from '../../live/useDisposition.ts';
import { canLead } from './model/allowed.ts';
import type { BulkAction } from './model/bulk.ts';
import { filterQuestions, noFilter } from './model/search.ts';
import MergeDialog from './parts/MergeDialog.vue';
import ReturnDialog from './parts/ReturnDialog.vue';
import type { UseBulk } from './useBulk.ts';
import type { UseHandling } from './useHandling.ts';
import type { UseQueue } from './useQueue.ts';
import type { UseSimilar } from './useSimilar.ts';

export interface BulkActionsContext {
  store: ReturnType<typeof useDialogueStore>;
  queue: UseQueue;
  bulk: UseBulk;
  similar: UseSimilar;
  mayAct: UseHandling['mayAct'];
}

type Questions = readonly DeskQuestionFact[];
/** Found ones that a dialog shows. */
const mostFound = 30;

/** What can be done with several questions in one step, and merging, which always takes two. */
export function useBulkActions({ store, queue, bulk, similar, mayAct }: BulkActionsContext) {
  const { t } = useI18n();
  const overlay = useOverlay();
  const returnDialog = () => overlay.create(ReturnDialog, { destroyOnClose: true });
  const mergeDialog = () => overlay.create(MergeDialog, { destroyOnClose: true });
  const askDisposition = useDisposition();

  async function run(action: BulkAction, questions: Questions, words: string): Promise<void> {
    if (questions.length === 0 || !(await mayAct(questions))) return;
    const done = await bulk.run(action, questions, (count) =>
      t(`secretary.bulk.done.${words}`, { count }, count),
    );
    if (done.length > 0) queue.selectNone();
  }

  async function giveBack(questions: Questions): Promise<void> {
    const reason = await returnDialog().open({
      title: t('secretary.return.titleMany', { count: questions.length }, questions.length),
      reasons: store.dialogue?.rules.returnReasons ?? [],
    }).result;
    if (reason) await run({ name: 'return', reason }, questions, 'return');
  }

  async function dispose(questions: Questions, kind: DispositionKind): Promise<void> {
    const agencies = store.dialogue?.agencies ?? [];
    const disposition = await askDisposition(kind, { agencies, now: store.now() });
    if (disposition) await run({ name: 'dispose', disposition }, questions, 'dispose');
  }

  const mergeInto = (questions: Questions, leadId: string) =>
    run(
      { name: 'merge', intoQuestionId: leadId },
      questions.filter(({ id }) => id !== leadId),
      'merge',
    );

  /** Asks which one stands for all: of several, one of them; of one, those like it come first. */
  async function merge(questions: Questions): Promise<void> {
    const [first] = questions;
    if (!first) return;
    const suggested = () =>
      questions.length > 1
        ? questions.map((question) => ({ question, score: null }))
        : similar.similarTo(first);
    const search = (text: string) =>
      filterQuestions(queue.lists.value.all, { ...noFilter, text }, queue.clock.value)
        .filter((question) => canLead(question) && question.id !== first.id)
        .slice(0, mostFound);
    const leadId = await mergeDialog().open({ questions, suggested, search }).result;
    if (leadId) await mergeInto(questions, leadId);
  }

  return {
    acceptAll: (questions: Questions) => run({ name: 'accept' }, questions, 'accept'),
    giveBackAll: giveBack,
    disposeAll: dispose,
    setField: (questions: Questions, field: string | null) =>
      run({ name: 'edit', field }, questions, 'field'),
    setUrgency: (questions: Questions, urgency: Urgency) =>
      run({ name: 'edit', urgency }, questions, 'urgency'),
    merge,
    mergeInto,
  };
}
