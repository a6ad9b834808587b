import { computed, reactive } from 'vue';
import { useI18n } from 'vue-i18n';
import type { CommandName, CommandPayload } from '@nhip-cau/shared/protocol/commands';
import { useRefusal } from '../../../../composables/useRefusal.ts';
import type { useDialogueStore } from '../../../../stores/dialogue.ts';
import type { UseNotices } from '../useNotices.ts';

/** What one press of "more time" adds, in seconds. */
export const extensionSeconds = 60;

/**
 * What those who lead do with the floor, besides calling a question: each command once however
 * often it is pressed, refusals told, and what is easily taken back offered back. The functions
 * resolve to whether it was committed, and do nothing where there is nothing to do.
 */
export function useFloor(store: ReturnType<typeof useDialogueStore>, notices: UseNotices) {
  const { t } = useI18n();
  const { refusalText } = useRefusal();
  const underWay = reactive(new Set<string>());
  const turn = computed(() => store.stage?.onAir ?? null);

  async function send<Name extends CommandName>(
    name: Name,
    payload: CommandPayload<Name>,
    about: string,
  ): Promise<boolean> {
    const key = `${name} ${about}`;
    if (underWay.has(key)) return false;
    underWay.add(key);
    const outcome = await store.send(name, payload);
    underWay.delete(key);
    if (!outcome.ok) notices.refused(t('live.refused'), refusalText(outcome.error));
    return outcome.ok;
  }

  const onTurn = (name: 'floor.end' | 'floor.resume') => async () => {
    const turnId = turn.value?.turnId;
    return turnId ? send(name, { turnId }, turnId) : false;
  };

  async function hold(): Promise<boolean> {
    const turnId = turn.value?.turnId;
    return turnId ? send('floor.hold', { turnId, reason: 'person' }, turnId) : false;
  }

  /** More time for the turn on air or held, in seconds; less when negative. */
  async function extend(seconds: number = extensionSeconds): Promise<boolean> {
    const turnId = turn.value?.turnId;
    if (!turnId || !(await send('floor.extend', { turnId, seconds }, turnId))) return false;
    const minutes = Math.abs(seconds) / 60;
    const isStill = () => turn.value?.turnId === turnId;
    notices.done(t(seconds > 0 ? 'live.floor.extended' : 'live.floor.shortened', { minutes }), {
      possible: isStill,
      take: () => {
        if (isStill()) void send('floor.extend', { turnId, seconds: -seconds }, turnId);
      },
    });
    return true;
  }

  return {
    turn,
    underWay,
    extend: (seconds?: number) => notices.during(extend(seconds)),
    hold,
    resume: onTurn('floor.resume'),
    end: onTurn('floor.end'),
    callHand: (handId: string) => send('floor.callHand', { handId }, handId),
    lowerHand: (handId: string) => send('hand.lower', { handId }, handId),
    /** To the asker's hall, or to another one that was spoken of. */
    reply: (questionId: string, bridgePointId?: string) =>
      send(
        'floor.reply',
        bridgePointId ? { questionId, bridgePointId } : { questionId },
        questionId,
      ),
    hostTurn: (questionId: string | null) =>
      send('floor.hostTurn', questionId ? { questionId } : {}, questionId ?? ''),
  };
}

export type UseFloor = ReturnType<typeof useFloor>;
