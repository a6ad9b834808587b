import type { DispositionKind } from '@nhip-cau/shared/model/questions';
import { computed, ref, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import type { useDialogueStore } from '../../../../stores/dialogue.ts';
import { useCommands } from '../../live/useCommands.ts';
import { useDisposition } from '../../live/useDisposition.ts';
import { floorAction } from './model/floor-button.ts';
import { focusOf, owedQuestions } from './model/focus.ts';

/** Two presses of the floor's button within this time are one. */
const doubleTapMs = 1_500;

/** What stands before the host and what the host may do about it. */
export function useHost(store: ReturnType<typeof useDialogueStore>) {
  const { t } = useI18n();
  const askDisposition = useDisposition();
  const { run, notices, underWay } = useCommands(store, {
    question: (id) => store.host.questions.get(id),
    queue: [],
  });
  let pressedAt = -doubleTapMs;
  const chosenId = ref<string | null>(null);
  const lastHeardId = ref<string | null>(null);

  const state = computed(() => store.dialogue?.state ?? 'draft');
  const turn = computed(() => store.stage?.onAir ?? null);
  const owed = computed(() => owedQuestions(store.host.questions.values()));
  const focus = computed(() =>
    focusOf(store.host.questions, {
      onAir: turn.value?.questionId ?? null,
      chosen: chosenId.value,
      lastHeard: lastHeardId.value,
    }),
  );
  const floor = computed(() => floorAction(state.value, store.stage));

  watch(
    () => turn.value?.questionId ?? null,
    (now, before) => {
      if (before !== null) lastHeardId.value = before;
      // Whoever comes on air is what the host looks at.
      if (now !== null) chosenId.value = null;
    },
  );

  async function pressFloor(): Promise<void> {
    // A double tap must not hand on the turn that its first tap began.
    const now = performance.now();
    if (now - pressedAt < doubleTapMs) return;
    pressedAt = now;
    const action = floor.value;
    if (action.kind === 'start') await run('dialogue.start', {}, { about: 'dialogue' });
    else if (action.kind === 'resumeDialogue') {
      await run('dialogue.resume', {}, { about: 'dialogue' });
    } else if (action.kind !== 'wait') {
      const { questionId } = action;
      await run('floor.call', { questionId }, { about: questionId });
    }
  }

  async function onTurn(name: 'floor.end' | 'floor.resume'): Promise<void> {
    const turnId = turn.value?.turnId;
    if (turnId) await run(name, { turnId }, { about: turnId });
  }

  async function dispose(kind: DispositionKind): Promise<void> {
    const questionId = focus.value?.question.id;
    if (!questionId) return;
    const agencies = store.dialogue?.agencies ?? [];
    const disposition = await askDisposition(kind, { agencies, now: store.now() });
    if (!disposition) return;
    const done = t('host.disposed', { kind: t(`live.kinds.${kind}`) });
    await run('question.dispose', { questionId, disposition }, { about: questionId, done });
  }

  return {
    notices,
    underWay,
    state,
    turn,
    owed,
    focus,
    floor,
    pressFloor,
    endTurn: () => onTurn('floor.end'),
    resumeTurn: () => onTurn('floor.resume'),
    pause: () => run('dialogue.pause', {}, { about: 'dialogue' }),
    dispose,
    /** Shows one of those owed in place of the floor; `null` goes back to it. */
    show: (questionId: string | null) => (chosenId.value = questionId),
  };
}

export type UseHost = ReturnType<typeof useHost>;
