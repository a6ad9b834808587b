import { mask } from '@nhip-cau/shared/model/mask';
import { realign } from '@nhip-cau/shared/model/transcript';
import type {
  TranscriptBody,
  TranscriptLineBody,
  TranscriptQuestion,
} from '@nhip-cau/shared/protocol/transcript-record';
import { existing } from '../kernel/handler.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { DialogueState } from '../kernel/state.ts';
import { publicAsker } from '../questions/asker.ts';
import { publicText } from './project.ts';
import { hashOf, linesOfVersion, storedLine, type StoredLine, workingVersion } from './versions.ts';

/** Whoever reads a transcript. */
export interface TranscriptReader {
  /** Names as far as they were given to the desk, or to everybody. */
  names: 'desk' | 'public';
  /** Corrects it: reads what is masked and what was taken out for all others. */
  edits: boolean;
  /** Hears the sound itself, and is told where in it each line stands. */
  listens: boolean;
}

/** Anybody, of what is published. */
export const everybody: TranscriptReader = { names: 'public', edits: false, listens: false };

/** Which part of a transcript is meant; `null`: all of it, and of versions the present one. */
export interface TranscriptPart {
  version: number | null;
  track: string | null;
  questionId: string | null;
}

/** A transcript, or a part of it, as its reader may see it. Throws `not_found`. */
export function buildTranscript(
  state: DialogueState,
  reader: TranscriptReader,
  part: TranscriptPart,
): TranscriptBody {
  const { transcript } = state;
  const dialogue = existing(state);
  const version = part.version ?? transcript.version;
  const certification = transcript.certifications.find((one) => one.version === version) ?? null;
  if (certification === null && version !== workingVersion(state)) {
    throw new Refusal('not_found', { kind: 'version', id: String(version) });
  }
  const all = linesOfVersion(state, version);
  const lines = all.filter(
    ({ track, questionId }) =>
      (part.track === null || track === part.track) &&
      (part.questionId === null || questionId === part.questionId),
  );
  const { id, title, organiser, startsAt, startedAt, endedAt } = dialogue;
  return {
    dialogue: { id, title, organiser, state: dialogue.state, startsAt, startedAt, endedAt },
    version,
    state: certification
      ? 'certified'
      : version === transcript.version
        ? transcript.state
        : 'draft',
    certification,
    certifications: transcript.certifications,
    hash: certification?.hash ?? hashOf(all),
    tracks: [...new Set(all.map(({ track }) => track))].sort(),
    questions: questionsOf(state, lines, reader),
    lines: lines.map((line) => lineBody(line, reader)),
  };
}

/** The lines of these ids, as they are now; removed ones only for whoever edits. */
export function buildLines(
  state: DialogueState,
  reader: TranscriptReader,
  ids: readonly string[],
): TranscriptLineBody[] {
  return ids.flatMap((id) => {
    const line = state.linesById.get(id);
    if (!line || (line.removedAt !== null && !reader.edits)) return [];
    return [lineBody(storedLine(state, line), reader)];
  });
}

export function lineBody(line: StoredLine, reader: TranscriptReader): TranscriptLineBody {
  const text = reader.edits ? line.text : publicText(line);
  return {
    id: line.id,
    position: line.position,
    at: line.at,
    endAt: line.endAt,
    offsetMs: line.offsetMs,
    track: line.track,
    speaker: reader.names === 'desk' ? line.speaker : line.publicSpeaker,
    turnId: line.turnId,
    bridgePointId: line.bridgePointId,
    questionId: line.questionId,
    text,
    // What is masked in the text is not to be read off its words.
    words: line.words && (reader.edits ? line.words : realign(line.words, text, 'engine')),
    isLate: line.isLate,
    isCorrected: line.isCorrected,
    audio: reader.listens ? line.audio : null,
    redactions: reader.edits ? line.redactions : line.redactions.map(({ reason }) => ({ reason })),
    work: reader.edits ? workOf(line) : null,
  };
}

function workOf(line: StoredLine): TranscriptLineBody['work'] {
  const { revision, source, engine, confidence, raw } = line;
  return { revision, source, engine, confidence, raw, isRemoved: line.removedAt !== null };
}

/** What the lines are about, in the order in which it comes up. */
function questionsOf(
  state: DialogueState,
  lines: readonly StoredLine[],
  { names, edits }: TranscriptReader,
): TranscriptQuestion[] {
  return [...new Set(lines.map(({ questionId }) => questionId))].flatMap((id) => {
    const question = id === null ? undefined : state.questions.get(id);
    if (!question) return [];
    const hall = state.bridgePoints.get(question.bridgePointId);
    const given = question.nameVisibility === 'none' ? null : question.asker;
    return [
      {
        id: question.id,
        wording: edits ? question.wording : mask(question.wording),
        bridgePointName: hall?.name ?? '',
        asker: names === 'desk' ? given : publicAsker(question),
      },
    ];
  });
}
