import { isLow } from '@nhip-cau/shared/model/transcript';
import type { TranscriptLineBody } from '@nhip-cau/shared/protocol/transcript-record';
import type { Line } from './line.ts';

/** A line of the read transcript in the shape in which the live one comes. */
export function lineOf(body: TranscriptLineBody): Line {
  const { id, position, at, endAt, text, track, speaker, turnId, questionId, bridgePointId } = body;
  const { isLate, isCorrected, audio, words, redactions, work } = body;
  return {
    ...{ id, position, at, endAt, text, track, speaker, turnId, questionId, bridgePointId },
    ...{ isLate, isCorrected, audio },
    revision: work?.revision ?? 0,
    source: work?.source ?? (words ? 'engine' : 'typed'),
    confidence: work?.confidence ?? null,
    // Whoever only reads corrects nothing: what the engine doubted is the editors' matter.
    lowWords: work && words ? words.flatMap((word, index) => (isLow(word) ? [index] : [])) : [],
    redactions: redactions.flatMap(({ id: redactionId, start, end, reason }) =>
      redactionId === undefined || start === undefined || end === undefined
        ? []
        : [{ id: redactionId, start, end, reason }],
    ),
    ...(!work && { hiddenFor: redactions.map(({ reason }) => reason) }),
    isRemoved: work?.isRemoved ?? false,
    isWithheld: false,
  };
}
