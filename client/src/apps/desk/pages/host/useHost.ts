import type { DispositionKind } from '@nhip-cau/shared/model/questions';
import { computed, ref, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import type { useDialogueStore } from '../../../../stores/dialogue.ts';
import { talkOf } from '../../live/floor/talk.ts';
import { useFloor } from '../../live/floor/useFloor.ts';
import { useCommands } from '../../live/useCommands.ts';
import { useDisposition } from '../../live/useDisposition.ts';
import { floorAction } from './model/floor-button.ts';
import { focusOf, owedQuestions } from './model/focus.ts';

/** Two presses that give the floor within this time are one. */
const doubleTapMs = 1_500;

/** What stands before the host and what the host may do about it. */
export function useHost(store: ReturnType<typeof useDialogueStore>) {
  const { t } = useI18n();
  const askDisposition = useDisposition();
  const { run, notices, underWay } = useCommands(store, {
    question: (id) => store.host.questions.get(id),
    queue: [],
  });
  const floor = useFloor(store, notices);
  let pressedAt = -doubleTapMs;
  const chosenId = ref<string | null>(null);

  const state = computed(() => store.dialogue?.state ?? 'draft');
  const turn = computed(() => store.stage?.onAir ?? null);
  const owed = computed(() => owedQuestions(store.host.questions.values()));
  const talk = computed(() => talkOf(turn.value, store.host.turns.values()));
  const focus = computed(() =>
    focusOf(store.host.questions, {
      turn: turn.value,
      chosen: chosenId.value,
      lastHeard: talk.value.answerTo,
    }),
  );
  const next = computed(() => floorAction(state.value, store.stage));
  /** Whose hall would be called for a reply: only what was heard is before the host. */
  const replyTo = computed(() =>
    talk.value.replyTo === null ? null : (store.host.questions.get(talk.value.replyTo) ?? null),
  );
  /** Who speaks, as far as the head table may know. */
  const speaker = computed(() =>
    turn.value ? (store.host.turns.get(turn.value.turnId)?.speaker ?? null) : null,
  );

  // Whoever comes on air is what the host looks at.
  watch(
    () => turn.value?.turnId,
    (turnId) => {
      if (turnId) chosenId.value = null;
    },
  );

  /** A double tap must not hand on the turn that its first tap began. */
  function isDoubleTap(): boolean {
    const now = performance.now();
    if (now - pressedAt < doubleTapMs) return true;
    pressedAt = now;
    return false;
  }

  async function pressFloor(): Promise<void> {
    if (isDoubleTap()) return;
    const action = next.value;
    if (action.kind === 'start') await run('dialogue.start', {}, { about: 'dialogue' });
    else if (action.kind === 'resumeDialogue') {
      await run('dialogue.resume', {}, { about: 'dialogue' });
    } else if (action.kind !== 'wait') {
      const { questionId } = action;
      await run('floor.call', { questionId }, { about: questionId });
    }
  }

  async function reply(): Promise<void> {
    if (replyTo.value && !isDoubleTap()) await floor.reply(replyTo.value.id);
  }

  async function speak(): Promise<void> {
    if (!isDoubleTap()) await floor.hostTurn(talk.value.answerTo);
  }

  async function callHand(handId: string): Promise<void> {
    if (!isDoubleTap()) await floor.callHand(handId);
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
    speaker,
    owed,
    focus,
    talk,
    replyTo,
    next,
    pressFloor,
    reply,
    speak,
    callHand,
    extend: () => floor.extend(),
    hold: floor.hold,
    endTurn: floor.end,
    resumeTurn: floor.resume,
    pause: () => run('dialogue.pause', {}, { about: 'dialogue' }),
    dispose,
    /** Shows one of those owed in place of the floor; `null` goes back to it. */
    show: (questionId: string | null) => (chosenId.value = questionId),
  };
}

export type UseHost = ReturnType<typeof useHost>;
