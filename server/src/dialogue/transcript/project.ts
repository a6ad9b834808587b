import { type CaptionFact, captionWindow } from '@nhip-cau/shared/protocol/facts';
import { inLog } from '../kernel/reduce.ts';
import type { Projector, View } from '../kernel/project.ts';
import type { DialogueState, TranscriptLine } from '../kernel/state.ts';
import { publicSpeaker } from '../floor/speaker.ts';

export const projectTranscriptLine: Projector<'transcriptLine'> = (line, state) => {
  const { id, position, at, text } = line;
  const value: CaptionFact = { id, position, at, text, speaker: speakerOf(line, state) };
  const isRecent = position > state.lines.length - captionWindow;
  const views: View[] = [
    { audience: 'everyone', collection: 'caption', id, value: isRecent ? value : null },
    { audience: 'desk', collection: 'caption', id, value },
  ];
  // Position counts from 1: the line that this one pushes out of the window.
  const pushedOut = state.lines[position - 1 - captionWindow];
  if (pushedOut) {
    views.push({ audience: 'everyone', collection: 'caption', id: pushedOut.id, value: null });
  }
  return views;
};

function speakerOf(line: TranscriptLine, state: DialogueState): CaptionFact['speaker'] {
  if (line.turnId === null) return { kind: 'host' };
  const turn = inLog(state.turns.get(line.turnId), line.turnId);
  if (turn.kind === 'host') return { kind: 'host' };
  const bridgePoint = inLog(state.bridgePoints.get(turn.bridgePointId), turn.bridgePointId);
  return { kind: 'turn', bridgePointName: bridgePoint.name, asker: publicSpeaker(state, turn) };
}
