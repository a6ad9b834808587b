import { computed, ref } from 'vue';
import type { Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { CommandName, CommandPayload } from '@nhip-cau/shared/protocol/commands';
import { useRefusal } from '../../../../composables/useRefusal.ts';
import type { UseStageMedia } from '../../../../composables/useStageMedia.ts';
import { newId } from '../../../../core/connection/new-id.ts';
import { openMicrophone as openOnce } from '../../../../core/media/devices.ts';
import type { useDialogueStore } from '../../../../stores/dialogue.ts';
import { useSessionStore } from '../../../../stores/session.ts';
import { useLineVoice } from '../../live/line/useLineVoice.ts';
import { useNotices } from '../../live/useNotices.ts';

/** What an operator does with a hall: words, the voice line, its microphone and devices. */
export function useOperator(
  store: ReturnType<typeof useDialogueStore>,
  { client }: Pick<UseStageMedia, 'client'>,
  chosenId: Readonly<Ref<string | null>>,
) {
  const { t } = useI18n();
  const { refusalText } = useRefusal();
  const notices = useNotices();
  const session = useSessionStore();
  const accountId = computed(() => session.account?.accountId ?? null);
  const isListening = ref(false);

  async function give<Name extends CommandName>(
    name: Name,
    payload: CommandPayload<Name>,
  ): Promise<boolean> {
    const outcome = await store.send(name, payload);
    if (!outcome.ok) notices.refused(t('operator.failed'), refusalText(outcome.error));
    return outcome.ok;
  }

  /** The line that this account talks on: there is one at most. */
  const ownLine = computed(
    () =>
      [...store.desk.lines.values()].find(
        (line) => line.state !== 'idle' && line.accountId === accountId.value,
      ) ?? null,
  );
  const voice = useLineVoice({
    client,
    line: ownLine,
    openMicrophone: () => openOnce({ hallMode: false }),
  });

  async function mute(bridgePointId: string, name: string, muted: boolean): Promise<void> {
    if (!(await give('equipment.ask', { bridgePointId, muted }))) return;
    notices.done(t(muted ? 'operator.mute.done' : 'operator.mute.undone', { name }), {
      possible: () => store.desk.equipment.get(bridgePointId)?.muted === muted,
      take: () => void give('equipment.ask', { bridgePointId, muted: !muted }),
    });
  }

  return {
    notices,
    voice,
    ownLine,
    isListening,
    mute,
    line: computed(() => (chosenId.value && store.desk.lines.get(chosenId.value)) || null),
    isOwnLine: computed(() => ownLine.value !== null && ownLine.value.id === chosenId.value),
    say: (bridgePointId: string, text: string) =>
      void give('line.say', { messageId: newId(), bridgePointId, text }),
    async ring(bridgePointId: string) {
      voice.want();
      if (!(await give('line.ring', { bridgePointId }))) voice.unwant();
    },
    async answer(bridgePointId: string) {
      voice.want();
      if (!(await give('line.answer', { bridgePointId }))) voice.unwant();
    },
    hangUp: (bridgePointId: string) => void give('line.hangUp', { bridgePointId }),
    ask: (bridgePointId: string, asked: { camera: string } | { microphone: string }) =>
      give('equipment.ask', { bridgePointId, ...asked }),
  };
}

export type UseOperator = ReturnType<typeof useOperator>;
