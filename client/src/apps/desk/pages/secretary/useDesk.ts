import type { DialogueEvent } from '@nhip-cau/shared/model/session';
import type { DeskQuestionFact } from '@nhip-cau/shared/protocol/facts';
import { compareText } from '@nhip-cau/shared/model/text';
import { computed, inject, onScopeDispose, provide, reactive, ref } from 'vue';
import type { InjectionKey } from 'vue';
import { useI18n } from 'vue-i18n';
import type { useDialogueStore } from '../../../../stores/dialogue.ts';
import { readinessOf } from '../../live/readiness.ts';
import { useCommands } from '../../live/useCommands.ts';
import { useConfirm } from '../../parts/useConfirm.ts';
import { allowedFor } from './model/allowed.ts';
import { drafted } from './model/draft.ts';
import type { Draft } from './model/draft.ts';
import { useActions } from './useActions.ts';
import { useBulk } from './useBulk.ts';
import { useBulkActions } from './useBulkActions.ts';
import { useHandling } from './useHandling.ts';
import { useQueue } from './useQueue.ts';
import { useSimilar } from './useSimilar.ts';

function createDesk(store: ReturnType<typeof useDialogueStore>, holds: () => boolean) {
  const { t } = useI18n();
  const confirm = useConfirm();
  const queue = useQueue(store, holds);
  const commands = useCommands(store, {
    question: (id) => store.desk.questions.get(id),
    note: (id) => store.desk.notes.get(id),
    get queue() {
      return queue.queueIds.value;
    },
  });
  const { run, notices, underWay } = commands;
  const { others, mayAct } = useHandling(store, queue.chosen);
  const similar = useSimilar(store);
  const bulk = useBulk(store, notices);
  /** Whether questions on paper are being typed in, in place of the detail. */
  const isTakingIn = ref(false);
  /** What was typed and not saved, by question: it waits while another one is looked at. */
  const drafts = reactive(new Map<string, Draft>());
  const stopHearing = store.onSettled(({ command, outcome, kept }) => {
    if (!kept || outcome.ok || command.name !== 'question.edit') return;
    const { questionId, wording, field } = command.payload;
    const question = store.desk.questions.get(questionId);
    if (!question || drafts.has(questionId)) return;
    const change = {
      ...(wording === undefined ? {} : { wording }),
      ...(field === undefined ? {} : { field }),
    };
    drafts.set(questionId, drafted(undefined, question, change));
  });
  onScopeDispose(stopHearing);
  const state = computed(() => store.dialogue?.state ?? 'draft');
  const readiness = (bridgePointId: string) =>
    readinessOf(store.signals.presence[bridgePointId], store.signals.connected !== null);
  const allowed = (question: DeskQuestionFact) => allowedFor(question, state.value);
  const districts = computed(() =>
    [...new Set([...store.desk.bridgePoints.values()].map(({ district }) => district))].sort(
      compareText,
    ),
  );

  const actions = useActions({ store, queue, run, allowed, mayAct });
  const bulkActions = useBulkActions({ store, queue, bulk, similar, mayAct });

  async function endTurn(): Promise<void> {
    const turnId = store.stage?.onAir?.turnId;
    if (turnId) await run('floor.end', { turnId }, { about: turnId });
  }
  async function resumeTurn(): Promise<void> {
    const turnId = store.stage?.onAir?.turnId;
    if (turnId) await run('floor.resume', { turnId }, { about: turnId });
  }

  async function takeStep(event: DialogueEvent): Promise<void> {
    if (event === 'end') {
      const owed = store.desk.counts?.owed ?? 0;
      const sure = await confirm({
        title: t('secretary.end.title'),
        text: t('secretary.end.text', { owed }),
        action: t('secretary.step.end'),
        severe: true,
      });
      if (!sure) return;
    }
    await run(`dialogue.${event}`, {}, { about: event });
  }

  return {
    ...queue,
    ...actions,
    ...bulkActions,
    ...similar,
    store,
    state,
    districts,
    drafts,
    isTakingIn,
    notices,
    run,
    underWay,
    progress: bulk.progress,
    others,
    allowed,
    readiness,
    endTurn,
    resumeTurn,
    takeStep,
  };
}

type Desk = ReturnType<typeof createDesk>;
const deskKey: InjectionKey<Desk> = Symbol('secretary desk');

/** The page's desk: what is shown and what can be done; its components take it by `useDesk`. */
export function provideDesk(
  store: ReturnType<typeof useDialogueStore>,
  holds: () => boolean,
): Desk {
  const desk = createDesk(store, holds);
  provide(deskKey, desk);
  return desk;
}

/** The desk of the page around this component. */
export function useDesk(): Desk {
  const desk = inject(deskKey);
  if (!desk) throw new Error('No secretary’s desk around this component');
  return desk;
}
