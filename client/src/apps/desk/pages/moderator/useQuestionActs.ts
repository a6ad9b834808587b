import { useOverlay } from '@nuxt/ui/composables';
import { useSessionStorage } from '@vueuse/core';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import ReturnDialog from '../../live/ReturnDialog.vue';
import type { HallQuestion } from './hall-questions.ts';
import { doable, leadsFor } from './hall-sections.ts';
import type { CardAction } from './keys.ts';
import MergeDialog from './MergeDialog.vue';
import type { UseHall } from './useHall.ts';

/** A wording that is being typed, and what stood there when it was begun. */
export interface Draft {
  wording: string;
  field: string | null;
  base: { wording: string; field: string | null };
}

/** What can be done to the hall's questions, and the wordings that are not yet saved. */
export function useQuestionActs(hall: UseHall) {
  const { t } = useI18n();
  const { give } = hall;
  // What is being worded outlives a reload.
  const drafts = useSessionStorage<Record<string, Draft>>(
    `nhip-cau.drafts:${hall.bridgePointId}`,
    {},
  );
  const returnDialog = useOverlay().create(ReturnDialog);
  const mergeDialog = useOverlay().create(MergeDialog);
  const short = ({ wording }: HallQuestion) =>
    wording.length > 60 ? `${wording.slice(0, 60).trimEnd()}…` : wording;
  const done = (act: string, question: HallQuestion) =>
    t(`moderator.done.${act}`, { text: short(question) });

  /** A draft that says what the question says by now is none. */
  function draftOf({ id, wording, field }: HallQuestion): Draft | null {
    const draft = drafts.value[id];
    return draft && (draft.wording.trim() !== wording || draft.field !== field) ? draft : null;
  }

  function setDraft(id: string, draft: Draft | null): void {
    if (draft) drafts.value[id] = draft;
    else delete drafts.value[id];
  }

  function save(question: HallQuestion): void {
    const draft = draftOf(question);
    setDraft(question.id, null);
    const wording = draft?.wording.trim() ?? '';
    if (!draft || wording === '') return;
    const changes = {
      ...(wording !== question.wording ? { wording } : {}),
      ...(draft.field !== question.field ? { field: draft.field } : {}),
    };
    if (Object.keys(changes).length === 0) return;
    const { id: questionId, revision: ifRevision } = question;
    give('question.edit', { questionId, ...changes, ifRevision }, done('edit', question));
  }

  async function giveBack(question: HallQuestion): Promise<void> {
    const reason = await returnDialog.open({
      title: t('moderator.questions.returnTitle'),
      description: question.wording,
      templates: hall.rules.value?.returnReasons ?? [],
    }).result;
    if (!reason) return;
    give('question.return', { questionId: question.id, reason }, done('return', question));
  }

  function merge(question: HallQuestion, intoQuestionId: string): void {
    setDraft(question.id, null);
    const payload = { questionId: question.id, intoQuestionId };
    give('question.merge', payload, done('merge', question));
  }

  async function chooseLead(question: HallQuestion): Promise<void> {
    const leads = leadsFor(question, hall.questions.value);
    const intoQuestionId = await mergeDialog.open({ question, leads }).result;
    if (intoQuestionId) merge(question, intoQuestionId);
  }

  function act(question: HallQuestion, action: CardAction): void {
    const may = doable(question, hall.ended.value);
    const one = { questionId: question.id };
    if (action === 'forward' && may.forward) {
      save(question);
      give('question.forward', one, done('forward', question));
    } else if (action === 'return' && may.return) void giveBack(question);
    else if (action === 'merge' && may.merge) void chooseLead(question);
    else if (action === 'urgent' && may.edit) {
      const urgency = question.urgency === 'urgent' ? 'normal' : 'urgent';
      give('question.edit', { ...one, urgency }, done(urgency, question));
    } else if (action === 'takeBack') {
      if (may.recall) give('question.recall', one, done('recall', question));
      else if (may.unmerge) give('question.unmerge', one, done('unmerge', question));
      else if (may.unreturn) give('question.unreturn', one, done('unreturn', question));
    }
  }

  return {
    act,
    draftOf,
    merge,
    save,
    setDraft,
    byId: computed(() => new Map(hall.questions.value.map((one) => [one.id, one]))),
  };
}

export type UseQuestionActs = ReturnType<typeof useQuestionActs>;
