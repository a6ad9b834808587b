import { useOverlay } from '@nuxt/ui/composables';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { useDialogueStore } from '../../../../stores/dialogue.ts';
import { useConfirm } from '../../parts/useConfirm.ts';
import { hallName } from '../hall-name.ts';
import type { UseNotices } from '../useNotices.ts';
import HandsDialog from './HandsDialog.vue';
import { talkOf } from './talk.ts';
import { useFloor } from './useFloor.ts';

/**
 * The floor as the secretariat leads it, for buttons and keys alike. What takes the floor from a
 * hall that speaks asks first; each function does nothing where it cannot be done.
 */
export function useDeskFloor(store: ReturnType<typeof useDialogueStore>, notices: UseNotices) {
  const { t } = useI18n();
  const confirm = useConfirm();
  const floor = useFloor(store, notices);
  const handsDialog = useOverlay().create(HandsDialog);
  const { turn } = floor;
  const isLive = computed(() => store.dialogue?.state === 'live');
  const talk = computed(() => talkOf(turn.value, store.desk.turns.values()));
  const replyTo = computed(() =>
    talk.value.replyTo === null ? null : (store.desk.questions.get(talk.value.replyTo) ?? null),
  );
  const canSpeak = computed(() => isLive.value && turn.value?.kind !== 'host');
  /** The table's own microphone follows the dialogue: there is nothing to interrupt. */
  const canHold = computed(() => turn.value?.state === 'onAir' && turn.value.kind !== 'host');
  const canResume = computed(() => turn.value?.state === 'held' && isLive.value);

  async function handsOver(action: string): Promise<boolean> {
    if (!turn.value || turn.value.kind === 'host') return true;
    const now = hallName(turn.value.bridgePointName);
    return confirm({
      title: t('live.floor.confirm.title'),
      text: t('live.floor.confirm.text', { now }),
      action,
    });
  }

  async function reply(): Promise<void> {
    const question = isLive.value ? replyTo.value : null;
    if (question && (await handsOver(t('live.floor.reply')))) await floor.reply(question.id);
  }

  async function speak(): Promise<void> {
    const { answerTo } = talk.value;
    const action = t(answerTo ? 'live.floor.answer' : 'live.floor.speak');
    if (canSpeak.value && (await handsOver(action))) await floor.hostTurn(answerTo);
  }

  async function openHands(): Promise<void> {
    const handId = await handsDialog.open({
      hands: () => store.desk.hands,
      canCall: () => isLive.value,
      lower: floor.lowerHand,
    }).result;
    if (handId && (await handsOver(t('live.floor.call')))) await floor.callHand(handId);
  }

  async function toggleHold(): Promise<void> {
    if (canHold.value) await floor.hold();
    else if (canResume.value) await floor.resume();
  }

  return {
    turn,
    talk,
    replyTo,
    isLive,
    canSpeak,
    canHold,
    canResume,
    extend: floor.extend,
    end: floor.end,
    toggleHold,
    reply,
    speak,
    openHands,
  };
}

export type UseDeskFloor = ReturnType<typeof useDeskFloor>;
