import type { CaptionSpeaker } from '@nhip-cau/shared/protocol/facts';

/** Who speaks, where there is little room; `leader` is the word for the head table. */
export function shortName(speaker: CaptionSpeaker, leader: string): string {
  if (speaker.kind === 'host') return speaker.name ?? leader;
  return speaker.name ?? speaker.asker ?? speaker.bridgePointName;
}
