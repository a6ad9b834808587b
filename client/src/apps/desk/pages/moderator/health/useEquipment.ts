import { useLocalStorage } from '@vueuse/core';
import { ref, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import type { UseDevices } from '../../../../../composables/useDevices.ts';
import { deviceOf } from '../../../../../core/health/device-keys.ts';
import type { useDialogueStore } from '../../../../../stores/dialogue.ts';

const kinds = ['camera', 'microphone'] as const;

/**
 * Goes over to the device that the desk asked for, once each time it asks, and says so. It opens
 * nothing: a device that is off stays off, and the choice counts when a person turns it on.
 */
export function useEquipment(
  { hall }: Pick<ReturnType<typeof useDialogueStore>, 'hall'>,
  bridgePointId: string,
  { list, choose }: Pick<UseDevices, 'list' | 'choose'>,
) {
  const { t } = useI18n();
  const doneUntil = useLocalStorage(`nhip-cau.equipment:${bridgePointId}`, 0);
  const told = ref<string | null>(null);

  watch(
    [() => hall.equipment, list],
    ([equipment, { cameras, microphones }]) => {
      for (const kind of kinds) {
        const asked = equipment?.[kind];
        if (!asked || asked.at <= doneUntil.value) continue;
        const device = deviceOf(kind === 'camera' ? cameras : microphones, asked.key);
        if (!device) continue;
        doneUntil.value = asked.at;
        void choose(
          kind === 'camera' ? { cameraId: device.deviceId } : { microphoneId: device.deviceId },
        );
        told.value = t(`moderator.equipment.${kind}`, { name: device.label });
      }
    },
    { immediate: true },
  );

  return { told, dismiss: () => (told.value = null) };
}
