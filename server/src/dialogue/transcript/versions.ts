import { createHash } from 'node:crypto';
import { inTime } from '@nhip-cau/shared/model/transcript';
import type { CaptionSpeaker } from '@nhip-cau/shared/protocol/facts';
import type { DialogueState, TranscriptLine } from '../kernel/state.ts';
import { lineSpeaker } from './speaker.ts';

/** A line with all that its readers are told of it, so that it stays as it is. */
export interface StoredLine extends TranscriptLine {
  /** As those read it who lead the dialogue. */
  speaker: CaptionSpeaker;
  publicSpeaker: CaptionSpeaker;
}

/** The lines that are not removed, in order of time. */
export function standingLines({ lines }: DialogueState): TranscriptLine[] {
  return lines.filter(({ removedAt }) => removedAt === null).sort(inTime);
}

/** The line as it is now. */
export function storedLine(state: DialogueState, line: TranscriptLine): StoredLine {
  return {
    ...line,
    speaker: lineSpeaker(state, line, 'desk'),
    publicSpeaker: lineSpeaker(state, line, 'public'),
  };
}

/** The version that lines belong to which come now. */
export function workingVersion({ transcript }: DialogueState): number {
  return transcript.state === 'certified' ? transcript.version + 1 : transcript.version;
}

/** A version's lines, in order of time; of one that was certified as they were then. */
export function linesOfVersion(state: DialogueState, version: number): readonly StoredLine[] {
  return (
    state.certifiedLines.get(version) ?? standingLines(state).map((line) => storedLine(state, line))
  );
}

/** The present version: the one that is certified, else the one that is worked on. */
export const presentLines = (state: DialogueState): readonly StoredLine[] =>
  linesOfVersion(state, state.transcript.version);

/**
 * What a certificate vouches for, as canonical JSON (fields in the order of their names, no spaces,
 * RFC 8785), and its SHA-256 in hex.
 */
export function hashOf(lines: readonly StoredLine[]): string {
  return createHash('sha256').update(canonical(lines)).digest('hex');
}

export function canonical(lines: readonly StoredLine[]): string {
  return JSON.stringify(
    lines.map(({ at, endAt, id, questionId, redactions, speaker, text, track }) => ({
      at,
      endAt,
      id,
      questionId,
      redactions: redactions.map(({ end, reason, start }) => ({ end, reason, start })),
      speaker:
        speaker.kind === 'host'
          ? { kind: speaker.kind, name: speaker.name }
          : {
              asker: speaker.asker,
              bridgePointName: speaker.bridgePointName,
              kind: speaker.kind,
              name: speaker.name,
            },
      text,
      track,
    })),
  );
}
