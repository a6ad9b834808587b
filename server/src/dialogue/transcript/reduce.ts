import {
  followRange,
  realign,
  spokenTrack,
  transcriptTransitions,
} from '@nhip-cau/shared/model/transcript';
import type { EntryPayloads, Reducers } from '../kernel/entries.ts';
import { inLog, step } from '../kernel/reduce.ts';
import type { DialogueState, TranscriptLine } from '../kernel/state.ts';
import { merged, split } from './pieces.ts';
import { questionAt } from './speaker.ts';
import { standingLines, storedLine } from './versions.ts';
import { addTold, removeTold } from './window.ts';

type Names = Extract<
  keyof EntryPayloads,
  `transcript.${string}` | 'vocabulary.changed' | 'captions.muted'
>;

export const transcriptReducers: Reducers<Names> = {
  'transcript.added': (state, { at, payload }) => {
    const { lineId, text, turnId, questionId, track, speakerName } = payload;
    const turn = turnId === null ? null : inLog(state.turns.get(turnId), turnId);
    addLine(state, {
      ...unheard,
      id: lineId,
      at,
      text,
      turnId,
      bridgePointId: turn?.bridgePointId ?? state.dialogue?.centralBridgePointId ?? null,
      // Logs from before lines had a question say it by the turn, or by when it was said.
      questionId:
        questionId !== undefined ? questionId : turn ? turn.questionId : questionAt(state, at),
      track: track ?? spokenTrack,
      speakerName: speakerName ?? null,
    });
  },
  'transcript.heard': (state, { payload }) => {
    const { lineId, runId, startedAt, endedAt, audio, track, ...heard } = payload;
    addLine(state, {
      ...unheard,
      ...heard,
      id: lineId,
      at: startedAt,
      endAt: endedAt,
      track: track ?? spokenTrack,
      source: 'engine',
      audio: { runId, ...audio },
      isWithheld: state.transcript.isMuted,
    });
  },
  'transcript.edited': (state, { payload: { lineId, text } }) => {
    const line = change(state, lineId);
    line.redactions = line.redactions.flatMap((redaction) => {
      const range = followRange(line.text, text, redaction);
      return range ? [{ ...redaction, ...range }] : [];
    });
    line.words = line.words && realign(line.words, text);
    line.text = text;
    line.isCorrected = true;
  },
  'transcript.attributed': (state, { payload: { lineId, ...attribution } }) => {
    Object.assign(change(state, lineId), attribution);
  },
  'transcript.split': (state, { payload: { lineId, newLineId, at } }) => {
    const line = change(state, lineId);
    const { left, right } = split(line, at);
    Object.assign(line, left);
    addLine(state, { ...line, ...right, id: newLineId, raw: null, revision: 0 });
  },
  'transcript.merged': (state, { at, payload: { lineId, nextLineId } }) => {
    const line = change(state, lineId);
    const next = change(state, nextLineId);
    Object.assign(line, merged(line, next));
    takeOut(state, next, at);
    // Words that were kept from halls and phones do not reach them in another line.
    if (next.isWithheld) withhold(state, line);
  },
  'transcript.removed': (state, { at, payload: { lineId } }) => {
    takeOut(state, change(state, lineId), at);
  },
  'transcript.restored': (state, { payload: { lineId } }) => {
    const line = change(state, lineId);
    line.removedAt = null;
    if (!line.isWithheld) addTold(state, line);
  },
  'transcript.redacted': (state, { payload: { lineId, redactionId: id, ...redaction } }) => {
    const line = change(state, lineId);
    line.redactions = [...line.redactions, { id, ...redaction }].sort((a, b) => a.start - b.start);
  },
  'transcript.unredacted': (state, { payload: { lineId, redactionId } }) => {
    const line = change(state, lineId);
    line.redactions = line.redactions.filter(({ id }) => id !== redactionId);
  },
  'transcript.finished': (state) => advance(state, 'finish'),
  'transcript.reopened': (state) => advance(state, 'reopen'),
  'transcript.certified': (state, { at, actor, payload: { version, hash, certifiedBy } }) => {
    advance(state, 'certify');
    const { transcript } = state;
    const by = actor.name;
    const made = { version, hash, certifiedBy, by, at, supersededAt: null, reason: null };
    transcript.certifications = [...transcript.certifications, made];
    const lines = standingLines(state).map((line) => storedLine(state, line));
    state.certifiedLines.set(version, lines);
  },
  'transcript.superseded': (state, { at, payload: { reason } }) => {
    advance(state, 'supersede');
    const { transcript } = state;
    const last = transcript.certifications.at(-1)!;
    transcript.certifications = [
      ...transcript.certifications.slice(0, -1),
      { ...last, supersededAt: at, reason },
    ];
    transcript.version += 1;
  },
  'vocabulary.changed': (state, { payload: { terms, abbreviations } }) => {
    Object.assign(state.transcript, { terms, abbreviations });
    state.touch('transcript', state.id);
  },
  'captions.muted': (state, { payload: { muted } }) => {
    state.transcript.isMuted = muted;
    state.touch('transcript', state.id);
  },
};

/** What a line is that nobody has heard with an engine or worked on. */
export const unheard = {
  endAt: null,
  raw: null,
  words: null,
  confidence: null,
  source: 'typed',
  engine: null,
  isLate: false,
  audio: null,
  revision: 0,
  isCorrected: false,
  isWithheld: false,
  redactions: [],
  removedAt: null,
} as const;

function addLine(
  state: DialogueState,
  made: Omit<TranscriptLine, 'position' | 'offsetMs' | 'redactions'> & {
    redactions: readonly TranscriptLine['redactions'][number][];
  },
): void {
  const line: TranscriptLine = {
    ...made,
    redactions: [...made.redactions],
    position: state.lines.length + 1,
    offsetMs: made.at - (state.dialogue?.startedAt ?? made.at),
  };
  state.lines.push(line);
  state.linesById.set(line.id, line);
  state.touch('transcriptLine', line.id);
  if (!line.isWithheld) addTold(state, line);
}

/** The line, about to become another revision. */
function change(state: DialogueState, lineId: string): TranscriptLine {
  const line = inLog(state.linesById.get(lineId), lineId);
  line.revision += 1;
  state.touch('transcriptLine', lineId);
  return line;
}

function takeOut(state: DialogueState, line: TranscriptLine, at: number): void {
  line.removedAt = at;
  removeTold(state, line);
}

function withhold(state: DialogueState, line: TranscriptLine): void {
  line.isWithheld = true;
  removeTold(state, line);
}

function advance(state: DialogueState, event: 'finish' | 'reopen' | 'certify' | 'supersede'): void {
  const { transcript } = state;
  transcript.state = step(transcriptTransitions, transcript.state, event);
  state.touch('transcript', state.id);
}
