import type { CaptionSpeaker } from '@nhip-cau/shared/protocol/facts';
import { useI18n } from 'vue-i18n';
import { hallName } from '../hall-name.ts';

/** Who speaks, in words: a name where there is one, else the hall or the head table. */
export function useSpeakers() {
  const { t } = useI18n();
  const own = (speaker: CaptionSpeaker) =>
    speaker.name ?? (speaker.kind === 'turn' ? speaker.asker : null);
  const place = (speaker: CaptionSpeaker) =>
    speaker.kind === 'host' ? t('transcript.host') : hallName(speaker.bridgePointName);

  return {
    nameOf: ({ speaker }: { speaker: CaptionSpeaker }) => own(speaker) ?? place(speaker),
    /** Where they speak, unless that is all that is known of them. */
    placeOf: ({ speaker }: { speaker: CaptionSpeaker }) =>
      own(speaker) === null ? null : place(speaker),
  };
}
