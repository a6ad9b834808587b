import type { RollCallResult } from '@nhip-cau/shared/model/rehearsal';
import { computed, ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRefusal } from '../../../../composables/useRefusal.ts';
import type { useDialogueStore } from '../../../../stores/dialogue.ts';
import { useNotices } from '../../live/useNotices.ts';
import { finder } from '../../parts/search.ts';
import { belongsTo, countRows, rollCallRows } from './model/roll-call.ts';
import type { RollCallFilter, RollCallRow } from './model/roll-call.ts';

/** The roll call as an operator walks through it: the rows, where they are, and the marks. */
export function useRollCall(store: ReturnType<typeof useDialogueStore>) {
  const { t } = useI18n();
  const { refusalText } = useRefusal();
  const notices = useNotices();
  const filter = ref<RollCallFilter>('all');
  const sought = ref('');
  const currentId = ref<string | null>(null);

  const rows = computed(() =>
    rollCallRows(
      store.desk.bridgePoints.values(),
      store.desk.readiness,
      (id) => store.signals.presence[id]?.computer ?? false,
    ),
  );
  const counts = computed(() => countRows(rows.value));
  const shown = computed(() => {
    const matches = finder(sought.value);
    // The row that one works on stays, though its mark has moved it to another group.
    return rows.value.filter(
      (row) =>
        (belongsTo(row, filter.value) || row.id === currentId.value) &&
        matches(`${row.name} ${row.district}`),
    );
  });
  const current = computed(() => shown.value.find(({ id }) => id === currentId.value) ?? null);

  /** Goes `by` rows on, or back when negative; from nowhere to the first. */
  function step(by: number): void {
    const at = shown.value.findIndex(({ id }) => id === currentId.value);
    const next = at < 0 ? 0 : Math.min(Math.max(at + by, 0), shown.value.length - 1);
    currentId.value = shown.value[next]?.id ?? null;
  }

  async function send(
    row: RollCallRow,
    result: RollCallResult | null,
    note: string | null,
  ): Promise<boolean> {
    const outcome = await store.send('rollCall.mark', { bridgePointId: row.id, result, note });
    if (!outcome.ok) notices.refused(t('operator.failed'), refusalText(outcome.error));
    return outcome.ok;
  }

  /** Marks a hall; what stood before comes back by undo. */
  async function mark(
    row: RollCallRow,
    result: RollCallResult,
    note: string | null = row.mark?.note ?? null,
  ): Promise<void> {
    const before = row.mark;
    const { name } = row;
    await notices.during(
      send(row, result, note).then((ok) => {
        if (!ok) return;
        const words = t('rehearsal.marked', { name, result: t(`rehearsal.result.${result}`) });
        notices.done(words, {
          possible: () => store.desk.readiness.get(row.id)?.rollCall?.result === result,
          take: () => void send(row, before?.result ?? null, before?.note ?? null),
        });
      }),
    );
  }

  return {
    rows,
    counts,
    shown,
    filter,
    sought,
    current,
    currentId,
    notices,
    step,
    mark,
    /** Marks the current hall and goes on to the next. */
    markAndGoOn(result: RollCallResult) {
      const row = current.value;
      if (!row) return step(1);
      void mark(row, result);
      step(1);
    },
    done: computed(() => rows.value.length - counts.value.left),
  };
}

export type UseRollCall = ReturnType<typeof useRollCall>;
