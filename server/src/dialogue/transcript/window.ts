import { inTime } from '@nhip-cau/shared/model/transcript';
import { captionWindow } from '@nhip-cau/shared/protocol/facts';
import type { DialogueState, TranscriptLine } from '../kernel/state.ts';

/* Lines that everybody may read stand in order of time, track by track; the newest are captions. */

/** Takes a line in, and touches the one that it pushes out of the captions. */
export function addTold(state: DialogueState, line: TranscriptLine): void {
  const told = state.toldLines.get(line.track) ?? [];
  state.toldLines.set(line.track, told);
  // Mostly the last: few lines are heard late.
  let place = told.length;
  while (place > 0 && inTime(told[place - 1]!, line) > 0) place -= 1;
  told.splice(place, 0, line);
  touch(state, told[told.length - 1 - captionWindow]);
}

/** Takes a line out, and touches the one that is among the captions again. */
export function removeTold(state: DialogueState, line: TranscriptLine): void {
  const told = state.toldLines.get(line.track) ?? [];
  const place = told.lastIndexOf(line);
  if (place < 0) return;
  told.splice(place, 1);
  touch(state, told[told.length - captionWindow]);
}

/** Whether everybody sees it as a caption. */
export function isCaption(state: DialogueState, line: TranscriptLine): boolean {
  if (line.removedAt !== null || line.isWithheld) return false;
  const told = state.toldLines.get(line.track) ?? [];
  const first = told[told.length - captionWindow];
  return first === undefined || inTime(first, line) <= 0;
}

/** What everybody may read of what was said since `since` (epoch ms), track by track. */
export function toldSince(state: DialogueState, since: number): TranscriptLine[] {
  return [...state.toldLines.values()].flatMap((told) => {
    const last = told.findLastIndex(({ at }) => at < since);
    return told.slice(last + 1);
  });
}

function touch(state: DialogueState, line: TranscriptLine | undefined): void {
  if (line) state.touch('transcriptLine', line.id);
}
