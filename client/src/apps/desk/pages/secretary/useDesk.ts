import type { DialogueEvent } from '@nhip-cau/shared/model/session';
import type { DispositionKind } from '@nhip-cau/shared/model/questions';
import type { DeskQuestionFact } from '@nhip-cau/shared/protocol/facts';
import { useOverlay } from '@nuxt/ui/composables';
import { computed, inject, onScopeDispose, provide, reactive } from 'vue';
import type { InjectionKey } from 'vue';
import { useI18n } from 'vue-i18n';
import type { useDialogueStore } from '../../../../stores/dialogue.ts';
import { hallName } from '../../live/hall-name.ts';
import { readinessOf } from '../../live/readiness.ts';
import { useCommands } from '../../live/useCommands.ts';
import { useDisposition } from '../../live/useDisposition.ts';
import { useConfirm } from '../../parts/useConfirm.ts';
import { allowedFor } from './model/allowed.ts';
import { dropTarget, stepTarget } from './model/moves.ts';
import type { Step } from './model/moves.ts';
import ReturnDialog from './parts/ReturnDialog.vue';
import { useQueue } from './useQueue.ts';

export interface Draft {
  wording: string;
  field: string | null;
}

function createDesk(store: ReturnType<typeof useDialogueStore>, holds: () => boolean) {
  const { t } = useI18n();
  const confirm = useConfirm();
  const askDisposition = useDisposition();
  const returnDialog = useOverlay().create(ReturnDialog, { destroyOnClose: true });
  const queue = useQueue(store, holds);
  const { run, notices, underWay } = useCommands(store, {
    question: (id) => store.desk.questions.get(id),
    get queue() {
      return queue.queueIds.value;
    },
  });
  /** What was typed and not saved, by question: it waits while another one is looked at. */
  const drafts = reactive(new Map<string, Draft>());
  const stopHearing = store.onSettled(({ command, outcome, kept }) => {
    if (!kept || outcome.ok || command.name !== 'question.edit') return;
    const { questionId, wording, field } = command.payload;
    const question = store.desk.questions.get(questionId);
    if (!question || drafts.has(questionId)) return;
    drafts.set(questionId, {
      wording: wording ?? question.wording,
      field: field === undefined ? question.field : field,
    });
  });
  onScopeDispose(stopHearing);
  const state = computed(() => store.dialogue?.state ?? 'draft');
  const readiness = (bridgePointId: string) =>
    readinessOf(store.signals.presence[bridgePointId], store.signals.connected !== null);
  const allowed = (question: DeskQuestionFact) => allowedFor(question, state.value);

  type Does = (question: DeskQuestionFact) => unknown;
  const only =
    (what: keyof ReturnType<typeof allowedFor>, does: Does): Does =>
    (question) =>
      allowed(question)[what] ? does(question) : undefined;

  const accept = only('accept', ({ id }) =>
    run('question.accept', { questionId: id }, { about: id }),
  );
  const prepare = only('prepare', ({ id, bridgePointName }) =>
    run(
      'floor.prepare',
      { questionId: id },
      { about: id, done: t('secretary.done.prepared', { hall: bridgePointName }) },
    ),
  );
  const release = only('release', ({ id, turnId, bridgePointName }) =>
    turnId === null
      ? undefined
      : run(
          'floor.release',
          { turnId },
          {
            about: turnId,
            questionId: id,
            done: t('secretary.done.released', { hall: bridgePointName }),
          },
        ),
  );
  const call = only('call', async ({ id, bridgePointName }) => {
    const onAir = store.stage?.onAir;
    if (onAir) {
      const halls = { now: hallName(onAir.bridgePointName), next: hallName(bridgePointName) };
      const sure = await confirm({
        title: t('secretary.handOver.title', halls),
        text: t('secretary.handOver.text', halls),
        action: t('secretary.action.call'),
      });
      if (!sure) return;
    }
    await run('floor.call', { questionId: id }, { about: id });
  });
  const undispose = only('undispose', ({ id }) =>
    run(
      'question.undispose',
      { questionId: id },
      { about: id, done: t('secretary.done.undisposed') },
    ),
  );
  const giveBack = only('return', async ({ id, bridgePointName }) => {
    const reason = await returnDialog.open({ hall: bridgePointName }).result;
    if (reason) await run('question.return', { questionId: id, reason }, { about: id });
  });

  async function dispose(question: DeskQuestionFact, kind: DispositionKind): Promise<void> {
    if (!allowed(question).dispose) return;
    const agencies = store.dialogue?.agencies ?? [];
    const disposition = await askDisposition(kind, { agencies, now: store.now() });
    if (!disposition) return;
    const done = t('secretary.done.disposed', { kind: t(`live.kinds.${kind}`) });
    await run(
      'question.dispose',
      { questionId: question.id, disposition },
      { about: question.id, done },
    );
  }

  function move(question: DeskQuestionFact, before: string | null | undefined): void {
    if (before === undefined || !allowed(question).move) return;
    const { id } = question;
    const done = t('secretary.done.moved');
    void run('question.move', { questionId: id, beforeQuestionId: before }, { about: id, done });
  }
  const moveBy = (question: DeskQuestionFact, step: Step) =>
    move(question, stepTarget(queue.queueIds.value, question.id, step));
  const moveTo = (question: DeskQuestionFact, index: number) => {
    const shown = queue.shown.value.map(({ id }) => id);
    move(question, dropTarget(queue.queueIds.value, shown, question.id, index));
  };

  async function edit(question: DeskQuestionFact, change: Partial<Draft>): Promise<boolean> {
    const { id } = question;
    const done = t('secretary.done.edited');
    return run('question.edit', { questionId: id, ...change }, { about: id, done });
  }

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
    store,
    state,
    drafts,
    notices,
    underWay,
    allowed,
    readiness,
    accept,
    prepare,
    release,
    call,
    undispose,
    giveBack,
    dispose,
    moveBy,
    moveTo,
    edit,
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
