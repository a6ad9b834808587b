import type { LineMessageFact } from '@nhip-cau/shared/protocol/facts';
import { useLocalStorage } from '@vueuse/core';
import { computed, onScopeDispose, watch } from 'vue';
import type { UseDevices } from '../../../../../composables/useDevices.ts';
import { useHallHealth } from '../../../../../composables/useHallHealth.ts';
import type { UseStageMedia } from '../../../../../composables/useStageMedia.ts';
import { newId } from '../../../../../core/connection/new-id.ts';
import { toldDevices } from '../../../../../core/health/device-keys.ts';
import { openMicrophone } from '../../../../../core/media/devices.ts';
import { unreadOf } from '../../../live/line/unread.ts';
import { useLineVoice } from '../../../live/line/useLineVoice.ts';
import { useEquipment } from '../health/useEquipment.ts';
import { useHallSound } from '../health/useHallSound.ts';
import type { UseHall } from '../useHall.ts';

interface Options {
  hall: UseHall;
  devices: UseDevices;
  media: Pick<UseStageMedia, 'client' | 'sounding'>;
  /** Whether this page plays the stage's sound. */
  plays: () => boolean;
  /** Calls a person to the page. */
  call: () => void;
}

/** What the hall's computer has to do with the city's technicians: what it measures, and the line. */
export function useTechnician({ hall, devices, media, plays, call }: Options) {
  const { store, bridgePointId, give } = hall;
  const { client, sounding } = media;
  const played = computed(() =>
    plays() ? (sounding.value[0]?.stream.getAudioTracks()[0] ?? null) : null,
  );
  const sound = useHallSound(devices.levelDbfs, played);
  const { health } = useHallHealth({
    client,
    send: store.reportHealth,
    status: computed(() => store.status),
    now: store.now,
    picture: () => devices.camera.value,
    sound,
    devices: () => toldDevices(devices.list.value, devices.camera.value, devices.microphone.value),
  });
  const equipment = useEquipment(store, bridgePointId, devices);

  const line = computed(() => store.hall.line);
  const voice = useLineVoice({
    client,
    line,
    openMicrophone() {
      const deviceId = devices.wishes.value.microphoneId;
      // At a desk, not in the hall: the browser's own treatment is right here.
      return openMicrophone({ hallMode: false, ...(deviceId ? { deviceId } : {}) });
    },
  });
  const stopHearing = store.onSettled(({ command, outcome }) => {
    const talks = command.name === 'line.ring' || command.name === 'line.answer';
    if (talks && !outcome.ok) voice.unwant();
  });
  onScopeDispose(stopHearing);
  const readPosition = useLocalStorage(`nhip-cau.line:${bridgePointId}`, 0);
  const messages = computed<readonly LineMessageFact[]>(() => store.hall.lineMessages);
  const unread = computed(() => unreadOf(messages.value, 'hall', readPosition.value));
  const isRung = computed(() => line.value?.state === 'ringing' && line.value.rungBy === 'desk');

  watch([unread, isRung], ([count, rings], [countBefore, rangBefore]) => {
    if (count > countBefore || (rings && !rangBefore)) call();
  });

  return {
    health,
    equipment,
    voice,
    line,
    messages,
    unread,
    isRung,
    isMuted: computed(() => store.hall.equipment?.muted ?? false),
    mutedBy: computed(() => store.hall.equipment?.mutedBy ?? null),
    report: computed(() => store.hall.readiness?.reports[0] ?? null),
    say: (text: string) => give('line.say', { messageId: newId(), bridgePointId, text }),
    read: () => (readPosition.value = messages.value.at(-1)?.position ?? 0),
    ring() {
      voice.want();
      give('line.ring', { bridgePointId });
    },
    answer() {
      voice.want();
      give('line.answer', { bridgePointId });
    },
    hangUp: () => give('line.hangUp', { bridgePointId }),
  };
}

export type UseTechnician = ReturnType<typeof useTechnician>;
