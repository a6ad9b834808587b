import { mask } from '@nhip-cau/shared/model/mask';
import { isLow, withoutRedacted } from '@nhip-cau/shared/model/transcript';
import type { CaptionFact, DeskCaptionFact } from '@nhip-cau/shared/protocol/facts';
import type { Projector } from '../kernel/project.ts';
import type { DialogueState, TranscriptLine } from '../kernel/state.ts';
import { lineSpeaker } from './speaker.ts';
import { isCaption } from './window.ts';

export const projectTranscriptLine: Projector<'transcriptLine'> = (line, state) => {
  const { id } = line;
  const caption = isCaption(state, line) ? captionOf(line, state) : null;
  const desk: DeskCaptionFact = {
    ...told(line),
    text: line.text,
    speaker: lineSpeaker(state, line, 'desk'),
    revision: line.revision,
    turnId: line.turnId,
    questionId: line.questionId,
    bridgePointId: line.bridgePointId,
    source: line.source,
    confidence: line.confidence,
    lowWords: (line.words ?? []).flatMap((word, index) => (isLow(word) ? [index] : [])),
    redactions: line.redactions,
    isRemoved: line.removedAt !== null,
    isWithheld: line.isWithheld,
    audio: line.audio,
  };
  return [
    { audience: 'everyone', collection: 'caption', id, value: caption },
    { audience: 'desk', collection: 'caption', id, value: desk },
  ];
};

export const projectTranscript: Projector<'transcript'> = (transcript) => {
  const { id, terms, abbreviations, ...fact } = transcript;
  return [
    { audience: 'desk', collection: 'transcript', id, value: { id, ...fact } },
    { audience: 'host', collection: 'transcript', id, value: { id, ...fact } },
    { audience: 'desk', collection: 'vocabulary', id, value: { id, terms, abbreviations } },
  ];
};

/** What everybody reads of a line. */
export function captionOf(line: TranscriptLine, state: DialogueState): CaptionFact {
  return { ...told(line), text: publicText(line), speaker: lineSpeaker(state, line, 'public') };
}

/** A line's text as it is published: without what was taken out, what is personal masked. */
export function publicText({ text, redactions }: Pick<TranscriptLine, 'text' | 'redactions'>) {
  return mask(withoutRedacted(text, redactions));
}

function told({ id, position, at, endAt, track, isLate, isCorrected }: TranscriptLine) {
  return { id, position, at, endAt, track, isLate, isCorrected };
}
