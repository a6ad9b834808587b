import type { CaptionSpeaker } from '@nhip-cau/shared/protocol/facts';
import { type RecordLanguage, recordWords } from '../../record/words.ts';

/** Who speaks, as files say it. */
export function speakerName(speaker: CaptionSpeaker, language: RecordLanguage): string {
  const words = recordWords[language];
  if (speaker.kind === 'host') return speaker.name ?? words.host;
  const name = speaker.name ?? speaker.asker ?? words.unnamedSpeaker;
  return `${name} (${speaker.bridgePointName})`;
}
