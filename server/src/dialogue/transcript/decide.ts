import {
  maxLineLength,
  realign,
  type TranscriptEvent,
  transcriptTransitions,
} from '@nhip-cau/shared/model/transcript';
import type { CommandName } from '@nhip-cau/shared/protocol/commands';
import type { EntryDraft } from '../kernel/entries.ts';
import { existing, type Handlers, requireTransition, turnOf } from '../kernel/handler.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { DialogueState, TranscriptLine } from '../kernel/state.ts';
import { canMerge, partsOf } from './pieces.ts';
import { attributionOf, questionAt } from './speaker.ts';

type Names = Exclude<
  Extract<CommandName, `transcript.${string}`>,
  | 'transcript.finish'
  | 'transcript.reopen'
  | 'transcript.certify'
  | 'transcript.supersede'
  | 'transcript.vocabulary'
  | 'transcript.mute'
>;

export const ofTranscript = (state: DialogueState) => ({ dialogueId: existing(state).id });

/** Refuses with `wrong_state` what the transcript's state does not allow. */
export function requireEvent({ transcript }: DialogueState, event: TranscriptEvent): void {
  requireTransition(transcriptTransitions, transcript.state, event);
}

interface Read {
  lineId: string;
  revision: number;
}

/** The line, as it was read, where the transcript may be changed. */
function read(state: DialogueState, { lineId, revision }: Read): TranscriptLine {
  requireEvent(state, 'edit');
  const line = state.linesById.get(lineId);
  if (!line) throw new Refusal('not_found', { kind: 'line', id: lineId });
  if (line.revision !== revision) {
    throw new Refusal('changed_meanwhile', { lineId, revision: line.revision });
  }
  return line;
}

/** The same, of a line that is not removed. */
function standing(state: DialogueState, asRead: Read): TranscriptLine {
  const line = read(state, asRead);
  if (line.removedAt !== null) {
    throw new Refusal('wrong_state', { state: 'removed', event: 'edit', lineId: line.id });
  }
  return line;
}

function requireNew(state: DialogueState, lineId: string): void {
  if (state.linesById.has(lineId)) throw new Refusal('already_exists', { kind: 'line' });
}

function edited(state: DialogueState, change: Read & { text: string }): EntryDraft {
  const { lineId, text } = change;
  const { text: before } = standing(state, change);
  return { type: 'transcript.edited', payload: { lineId, text, before } };
}

export const transcriptHandlers: Handlers<Names> = {
  'transcript.add': {
    object: ofTranscript,
    decide(state, { lineId, text, speaker, track, speakerName }, { now }) {
      requireNew(state, lineId);
      const turnId = speaker === 'turn' ? state.currentTurnId : null;
      if (speaker === 'turn' && turnId === null) {
        throw new Refusal('wrong_state', { state: 'noTurn', event: 'transcribe' });
      }
      const questionId =
        turnId === null ? questionAt(state, now) : turnOf(state, turnId).questionId;
      const said = { lineId, text, turnId, questionId };
      const beside = { ...(track && { track }), ...(speakerName && { speakerName }) };
      return [{ type: 'transcript.added', payload: { ...said, ...beside } }];
    },
  },
  'transcript.hear': {
    object: ofTranscript,
    decide(state, heard) {
      const { lineId, bridgePointId, startedAt, endedAt, text, words } = heard;
      requireNew(state, lineId);
      if (endedAt < startedAt) throw new Refusal('invalid', { path: 'endedAt' });
      if (!state.bridgePoints.has(bridgePointId)) {
        throw new Refusal('not_found', { kind: 'bridgePoint', id: bridgePointId });
      }
      const attribution = attributionOf(state, bridgePointId, (startedAt + endedAt) / 2);
      const aligned = words && realign(words, text, 'engine');
      return [{ type: 'transcript.heard', payload: { ...heard, words: aligned, ...attribution } }];
    },
  },
  'transcript.edit': {
    object: ofTranscript,
    decide: (state, change) => [edited(state, change)],
  },
  'transcript.replace': {
    object: ofTranscript,
    decide(state, { changes }) {
      if (new Set(changes.map(({ lineId }) => lineId)).size < changes.length) {
        throw new Refusal('invalid', { path: 'changes' });
      }
      return changes.map((change) => edited(state, change));
    },
  },
  'transcript.attribute': {
    object: ofTranscript,
    decide(state, { speaker, speakerName, ...asRead }) {
      const line = standing(state, asRead);
      const turn = speaker.kind === 'turn' ? turnOf(state, speaker.turnId) : null;
      if (turn?.calledAt === null) {
        throw new Refusal('wrong_state', { state: turn.state, event: 'transcribe' });
      }
      const payload = {
        lineId: line.id,
        turnId: turn?.id ?? null,
        bridgePointId: turn?.bridgePointId ?? existing(state).centralBridgePointId,
        // The head table speaks to the question that is being dealt with.
        questionId: turn ? turn.questionId : line.questionId,
        speakerName,
      };
      return [{ type: 'transcript.attributed', payload }];
    },
  },
  'transcript.split': {
    object: ofTranscript,
    decide(state, { newLineId, at, ...asRead }) {
      const line = standing(state, asRead);
      requireNew(state, newLineId);
      if (partsOf(line.text, at) === null) throw new Refusal('invalid', { path: 'at' });
      return [{ type: 'transcript.split', payload: { lineId: line.id, newLineId, at } }];
    },
  },
  'transcript.merge': {
    object: ofTranscript,
    decide(state, { nextLineId, nextRevision, ...asRead }) {
      const line = standing(state, asRead);
      const next = standing(state, { lineId: nextLineId, revision: nextRevision });
      if (!canMerge(line, next)) throw new Refusal('invalid', { path: 'nextLineId' });
      if (line.text.length + 1 + next.text.length > maxLineLength) {
        throw new Refusal('limit_reached', { limit: maxLineLength });
      }
      return [{ type: 'transcript.merged', payload: { lineId: line.id, nextLineId } }];
    },
  },
  'transcript.remove': {
    object: ofTranscript,
    decide(state, asRead) {
      const { id: lineId } = standing(state, asRead);
      return [{ type: 'transcript.removed', payload: { lineId } }];
    },
  },
  'transcript.restore': {
    object: ofTranscript,
    decide(state, asRead) {
      const { id: lineId, removedAt } = read(state, asRead);
      if (removedAt === null) {
        throw new Refusal('wrong_state', { state: 'standing', event: 'restore' });
      }
      return [{ type: 'transcript.restored', payload: { lineId } }];
    },
  },
  'transcript.redact': {
    object: ofTranscript,
    decide(state, { redactionId, start, end, reason, ...asRead }) {
      const { id: lineId, text, redactions } = standing(state, asRead);
      if (redactions.some(({ id }) => id === redactionId)) {
        throw new Refusal('already_exists', { kind: 'redaction' });
      }
      if (end > text.length || text.slice(start, end).trim() === '') {
        throw new Refusal('invalid', { path: 'end' });
      }
      const payload = { lineId, redactionId, start, end, reason };
      return [{ type: 'transcript.redacted', payload }];
    },
  },
  'transcript.unredact': {
    object: ofTranscript,
    decide(state, { redactionId, ...asRead }) {
      const { id: lineId, redactions } = standing(state, asRead);
      if (!redactions.some(({ id }) => id === redactionId)) {
        throw new Refusal('not_found', { kind: 'redaction', id: redactionId });
      }
      return [{ type: 'transcript.unredacted', payload: { lineId, redactionId } }];
    },
  },
};
