import type { Disposition, Urgency } from '@nhip-cau/shared/model/questions';
import type { DeskQuestionFact } from '@nhip-cau/shared/protocol/facts';
import type { HistoryBody, HistoryEntry } from '@nhip-cau/shared/protocol/http';
import { watchDebounced } from '@vueuse/core';
import { computed, ref, shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { api } from '../../../../core/http.ts';
import { useLocale } from '../../../../locales/i18n.ts';
import { dispositionDetail } from '../../live/disposition.ts';
import { hallName } from '../../live/hall-name.ts';
import { detailOf, historyOf, stepOf } from './model/history.ts';
import type { HistoryStepName } from './model/history.ts';
import { useDesk } from './useDesk.ts';

export interface HistoryStep {
  key: string | number;
  words: string;
  /** What was said with it: a reason, new words, a note. */
  detail: string | null;
  /** Who did it, as the log names them. */
  by: string | null;
  /** Epoch ms. */
  at: number;
}

const settleMs = 300;

/**
 * What the log says of a question, read again whenever it changed; until it was read, the moments
 * that the page knows by itself.
 */
export function useHistory(question: () => DeskQuestionFact) {
  const { t } = useI18n();
  const { locale } = useLocale();
  const { store } = useDesk();
  const read = shallowRef<{ id: string; entries: HistoryEntry[] } | null>(null);
  const failed = ref(false);
  let newest = 0;

  async function load(): Promise<void> {
    const { session } = store;
    if (!session) return;
    const mine = (newest += 1);
    const { id } = question();
    const path = `/api/dialogues/${session.dialogueId}/questions/${id}/history`;
    try {
      const { entries } = await api<HistoryBody>('GET', path, { principal: session.principal });
      if (mine === newest) [read.value, failed.value] = [{ id, entries }, false];
    } catch {
      if (mine === newest) failed.value = true;
    }
  }
  watchDebounced([question, () => store.desk.notes.size], load, {
    debounce: settleMs,
    immediate: true,
  });

  function said(entry: HistoryEntry, step: HistoryStepName): string | null {
    const { disposition, urgency } = entry.payload as {
      disposition?: Disposition;
      urgency?: Urgency;
    };
    if (step === 'disposed' && disposition) {
      const kind = t(`live.kinds.${disposition.kind}`);
      return `${kind} ${dispositionDetail(disposition, locale.value)}`.trim();
    }
    if (step === 'edited' && urgency) return t(`secretary.urgency.${urgency}`);
    return detailOf(entry);
  }

  function stepFrom(entry: HistoryEntry): HistoryStep | null {
    const step = stepOf(entry, question().id);
    if (step === null) return null;
    const { seq: key, at, actor } = entry;
    const detail = said(entry, step);
    const role = t(`secretary.history.role.${actor.role}`);
    const by = actor.name ? `${role} ${actor.name}` : role;
    return { key, words: t(`secretary.history.step.${step}`), detail, by, at };
  }

  const steps = computed<HistoryStep[]>(() => {
    const { id, turnId } = question();
    if (read.value?.id === id) return read.value.entries.flatMap((entry) => stepFrom(entry) ?? []);
    const turn = turnId ? store.desk.turns.get(turnId) : undefined;
    return historyOf(question(), turn).map(({ moment, at }) => ({
      key: moment,
      words: t(`secretary.history.step.${moment}`),
      detail: null,
      by: moment === 'asked' ? hallName(question().bridgePointName) : null,
      at,
    }));
  });

  return { steps, failed };
}
