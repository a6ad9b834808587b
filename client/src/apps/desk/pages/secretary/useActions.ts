import type { DispositionKind } from '@nhip-cau/shared/model/questions';
import type { CommandName, CommandPayload } from '@nhip-cau/shared/protocol/commands';
import type { DeskQuestionFact, NoteFact } from '@nhip-cau/shared/protocol/facts';
import { useOverlay } from '@nuxt/ui/composables';
import { useI18n } from 'vue-i18n';
import { newId } from '../../../../core/connection/new-id.ts';
import type { useDialogueStore } from '../../../../stores/dialogue.ts';
import { hallName } from '../../live/hall-name.ts';
import type { UseCommands } from '../../live/useCommands.ts';
import { useDisposition } from '../../live/useDisposition.ts';
import { useConfirm } from '../../parts/useConfirm.ts';
import type { Allowed } from './model/allowed.ts';
import { dropTarget, stepTarget } from './model/moves.ts';
import type { Step } from './model/moves.ts';
import PinDialog from './parts/PinDialog.vue';
import ReturnDialog from './parts/ReturnDialog.vue';
import type { UseHandling } from './useHandling.ts';
import type { UseQueue } from './useQueue.ts';

export interface ActionsContext {
  store: ReturnType<typeof useDialogueStore>;
  queue: UseQueue;
  run: UseCommands['run'];
  allowed: (question: DeskQuestionFact) => Allowed;
  mayAct: UseHandling['mayAct'];
}

type Names = Extract<CommandName, `question.${string}`>;

/** What can be done with one question. Each step is offered back for ten seconds. */
export function useActions({ store, queue, run, allowed, mayAct }: ActionsContext) {
  const { t } = useI18n();
  const confirm = useConfirm();
  const askDisposition = useDisposition();
  const overlay = useOverlay();
  const returnDialog = () => overlay.create(ReturnDialog, { destroyOnClose: true });
  const pinDialog = () => overlay.create(PinDialog, { destroyOnClose: true });

  type Does = (question: DeskQuestionFact) => unknown;
  /** Only where it is allowed, and only knowingly where somebody else is at it. */
  const only =
    (what: keyof Allowed, does: Does) =>
    async (question: DeskQuestionFact): Promise<void> => {
      if (allowed(question)[what] && (await mayAct([question]))) await does(question);
    };

  const send = <Name extends Names>(
    name: Name,
    payload: CommandPayload<Name>,
    { id }: { id: string },
    done: string,
  ) => run(name, payload, { about: id, done });

  /** A step that needs nothing but the question. */
  const simply = (what: keyof Allowed, name: SimpleName, done: string) =>
    only(what, (question) =>
      send(name, { questionId: question.id }, question, t(`secretary.done.${done}`)),
    );

  const giveBack = only('return', async (question) => {
    const reason = await returnDialog().open({
      title: t('secretary.return.title', { hall: hallName(question.bridgePointName) }),
      reasons: store.dialogue?.rules.returnReasons ?? [],
    }).result;
    if (!reason) return;
    const payload = { questionId: question.id, reason };
    await send('question.return', payload, question, t('secretary.done.returned'));
  });

  async function move(
    question: DeskQuestionFact,
    before: string | null | undefined,
    reason?: string,
  ): Promise<void> {
    if (before === undefined || !allowed(question).move || !(await mayAct([question]))) return;
    const why = reason ? { reason } : {};
    const payload = { questionId: question.id, beforeQuestionId: before, ...why };
    await send('question.move', payload, question, t('secretary.done.moved'));
  }

  const unpin = simply('unpin', 'question.unpin', 'unpinned');

  async function pin(question: DeskQuestionFact): Promise<void> {
    if (!allowed(question).move) return;
    const { queueIds } = queue;
    const answer = await pinDialog().open({
      place: queueIds.value.indexOf(question.id) + 1,
      last: queueIds.value.length,
      pin: question.pin,
    }).result;
    if (answer === 'unpin') return unpin(question);
    if (!answer) return;
    const others = queueIds.value.filter((id) => id !== question.id);
    await move(question, others[answer.place - 1] ?? null, answer.reason);
  }

  async function dispose(question: DeskQuestionFact, kind: DispositionKind): Promise<void> {
    if (!allowed(question).dispose || !(await mayAct([question]))) return;
    const agencies = store.dialogue?.agencies ?? [];
    const disposition = await askDisposition(kind, { agencies, now: store.now() });
    if (!disposition) return;
    const done = t('secretary.done.disposed', { kind: t(`live.kinds.${kind}`) });
    await send('question.dispose', { questionId: question.id, disposition }, question, done);
  }

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
  const prepare = only('prepare', ({ id, bridgePointName: hall }) =>
    run(
      'floor.prepare',
      { questionId: id },
      { about: id, done: t('secretary.done.prepared', { hall }) },
    ),
  );
  const release = only('release', async ({ id, turnId, bridgePointName: hall }) => {
    if (turnId === null) return;
    const done = t('secretary.done.released', { hall });
    await run('floor.release', { turnId }, { about: turnId, questionId: id, done });
  });

  /** Resolves to whether it was saved. */
  async function edit(
    question: DeskQuestionFact,
    change: { wording?: string; field?: string | null; ifRevision?: number },
  ): Promise<boolean> {
    if (!allowed(question).edit || !(await mayAct([question]))) return false;
    const payload = { questionId: question.id, ...change };
    return send('question.edit', payload, question, t('secretary.done.edited'));
  }

  const toggleUrgency = only('edit', (question) => {
    const urgency = question.urgency === 'urgent' ? ('normal' as const) : ('urgent' as const);
    const payload = { questionId: question.id, urgency };
    return send('question.edit', payload, question, t(`secretary.done.${urgency}`));
  });

  return {
    accept: simply('accept', 'question.accept', 'accepted'),
    unaccept: simply('unaccept', 'question.unaccept', 'unaccepted'),
    giveBack,
    unreturn: simply('unreturn', 'question.unreturn', 'unreturned'),
    unmerge: simply('unmerge', 'question.unmerge', 'unmerged'),
    pin,
    unpin,
    moveBy: (question: DeskQuestionFact, step: Step) =>
      move(question, stepTarget(queue.queueIds.value, question.id, step)),
    moveTo(question: DeskQuestionFact, index: number) {
      const shown = queue.shown.value.map(({ id }) => id);
      return move(question, dropTarget(queue.queueIds.value, shown, question.id, index));
    },
    dispose,
    undispose: simply('undispose', 'question.undispose', 'undisposed'),
    call,
    prepare,
    release,
    edit,
    toggleUrgency,
    addNote: (question: DeskQuestionFact, text: string) =>
      send(
        'question.note',
        { questionId: question.id, noteId: newId(), text },
        question,
        t('secretary.done.noted'),
      ),
    removeNote: ({ id, questionId }: NoteFact) =>
      run(
        'question.unnote',
        { noteId: id },
        { about: id, questionId, done: t('secretary.done.unnoted') },
      ),
    saveBrief: (question: DeskQuestionFact, brief: { agency: string; text: string } | null) =>
      send(
        'question.brief',
        { questionId: question.id, brief },
        question,
        t(`secretary.done.${brief ? 'briefed' : 'unbriefed'}`),
      ),
  };
}

type SimpleName =
  | 'question.accept'
  | 'question.unaccept'
  | 'question.unreturn'
  | 'question.unmerge'
  | 'question.unpin'
  | 'question.undispose';
