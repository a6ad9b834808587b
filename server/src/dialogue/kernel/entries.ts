import type { EndReason, HeldReason, TurnKind } from '@nhip-cau/shared/model/floor';
import type {
  Disposition,
  NameVisibility,
  QuestionChannel,
  RestorableState,
  Urgency,
} from '@nhip-cau/shared/model/questions';
import type { LineLoss, LineSide } from '@nhip-cau/shared/model/lines';
import type { Presentation } from '@nhip-cau/shared/model/presentation';
import type { RehearsalReport, RollCallResult } from '@nhip-cau/shared/model/rehearsal';
import type { RecordingStop } from '@nhip-cau/shared/model/recording';
import type { MemberRole } from '@nhip-cau/shared/model/roles';
import type { CommandPayload } from '@nhip-cau/shared/protocol/commands';
import type { LoggedActor } from './actor.ts';
import type { BridgePoint } from './state.ts';

type Settings = CommandPayload<'dialogue.create'>;

/** Every kind of entry that a dialogue's log can hold, with what it says. */
export interface EntryPayloads {
  'dialogue.created': { settings: Settings; centralBridgePoint: BridgePoint };
  'dialogue.configured': { settings: Partial<Settings> };
  'dialogue.opened': Record<string, never>;
  'dialogue.started': Record<string, never>;
  'dialogue.paused': Record<string, never>;
  'dialogue.resumed': Record<string, never>;
  'dialogue.ended': Record<string, never>;
  'bridgePoints.imported': { added: BridgePoint[]; updated: BridgePointChange[] };
  'bridgePoint.updated': BridgePointChange;
  'member.assigned': { memberId: string; accountId: string; role: MemberRole };
  'member.removed': { memberId: string };
  'participant.joined': { personId: string; bridgePointId: string; name: string | null };
  'question.asked': {
    questionId: string;
    bridgePointId: string;
    personId: string | null;
    channel: QuestionChannel;
    text: string;
    field: string | null;
    asker: string | null;
    nameVisibility: NameVisibility;
    /** Absent in logs from before there were codes, urgency and attachments. */
    code?: string;
    urgency?: Urgency;
    attachmentIds?: string[];
  };
  'questions.imported': {
    questions: {
      questionId: string;
      bridgePointId: string;
      text: string;
      field: string | null;
      asker: string | null;
      nameVisibility: NameVisibility;
      code: string;
    }[];
  };
  'question.edited': {
    questionId: string;
    wording?: string;
    field?: string | null;
    urgency?: Urgency;
  };
  'question.forwarded': { questionId: string };
  'question.returned': { questionId: string; by: 'bridgePoint' | 'city'; reason: string };
  'question.recalled': { questionId: string };
  'question.unreturned': { questionId: string; to: RestorableState };
  /** `rank`, `question.moved` and `queue.spread`: the queue's order before there was a rule. */
  'question.accepted': { questionId: string; rank?: number };
  'question.unaccepted': { questionId: string };
  'question.moved': { questionId: string; rank: number };
  'queue.spread': { ranks: Record<string, number> };
  'question.pinned': { questionId: string; due: number; reason: string | null };
  'question.unpinned': { questionId: string };
  'question.merged': { questionId: string; intoQuestionId: string };
  'question.unmerged': { questionId: string; to: RestorableState };
  'question.noted': { questionId: string; noteId: string; text: string };
  'question.unnoted': { noteId: string };
  'question.briefed': { questionId: string; brief: { agency: string; text: string } | null };
  'question.supported': { questionId: string; supportId: string; personId: string };
  'question.unsupported': { supportId: string };
  'question.withdrawn': { questionId: string };
  'question.disposed': { questionId: string; disposition: Disposition };
  /** `to`: one that was never called goes back to its lane; else its turn is over. */
  'question.undisposed': { questionId: string; to?: RestorableState };
  'hand.raised': {
    handId: string;
    bridgePointId: string;
    personId: string | null;
    name: string | null;
  };
  'hand.lowered': { handId: string };
  'turn.prepared': { turnId: string; questionId: string; budgetMs: number };
  /** A turn without a place in the queue: it is called in the same step. */
  'turn.opened': {
    turnId: string;
    kind: Exclude<TurnKind, 'question'>;
    questionId: string | null;
    handId: string | null;
    bridgePointId: string;
    budgetMs: number;
  };
  'turn.released': { turnId: string };
  /** `budgetMs`: what it may take as things stand now; absent in older logs: as prepared. */
  'turn.called': { turnId: string; budgetMs?: number };
  'turn.held': { turnId: string; reason: HeldReason };
  'turn.resumed': { turnId: string };
  'turn.extended': { turnId: string; ms: number };
  'turn.ended': { turnId: string; reason?: EndReason };
  /** `questionId`, `track`, `speakerName`: absent in logs from before lines had them. */
  'transcript.added': {
    lineId: string;
    text: string;
    turnId: string | null;
    questionId?: string | null;
    track?: string;
    speakerName?: string;
  };
  'transcript.heard': CommandPayload<'transcript.hear'> & {
    turnId: string | null;
    questionId: string | null;
  };
  /** `before`: what it said until then. */
  'transcript.edited': { lineId: string; text: string; before: string };
  'transcript.attributed': {
    lineId: string;
    turnId: string | null;
    bridgePointId: string;
    questionId: string | null;
    speakerName: string | null;
  };
  'transcript.split': { lineId: string; newLineId: string; at: number };
  'transcript.merged': { lineId: string; nextLineId: string };
  'transcript.removed': { lineId: string };
  'transcript.restored': { lineId: string };
  'transcript.redacted': {
    lineId: string;
    redactionId: string;
    start: number;
    end: number;
    reason: string;
  };
  'transcript.unredacted': { lineId: string; redactionId: string };
  'transcript.finished': Record<string, never>;
  'transcript.reopened': Record<string, never>;
  'transcript.certified': { version: number; hash: string; certifiedBy: string };
  'transcript.superseded': { version: number; reason: string };
  'vocabulary.changed': CommandPayload<'transcript.vocabulary'>;
  'captions.muted': { muted: boolean };
  'attendance.reported': { bridgePointId: string; headcount: number; reason?: string };
  'attendance.listed': {
    bridgePointId: string;
    attendees: { attendeeId: string; name: string }[];
  };
  'attendance.checkedIn': { attendeeId: string; bridgePointId: string; name: string | null };
  'attendance.checkedOut': { attendeeId: string };
  'attendance.corrected': {
    attendeeId: string;
    name?: string | null;
    joinedAt?: number | null;
    leftAt?: number | null;
    reason: string;
  };
  'attendance.removed': { attendeeId: string; reason: string | null };
  'recording.started': Record<string, never>;
  'recording.stopped': { reason: RecordingStop };
  /** `code`: by which anybody finds it; a dialogue keeps its first one. */
  'broadcast.started': { code: string };
  'broadcast.stopped': { reason: RecordingStop };
  'deck.added': { deckId: string; title: string; pages: number };
  'deck.removed': { deckId: string };
  /** `reason`: the server did so, for the screen had ceased to come. */
  'presentation.changed': { presentation: Presentation | null; reason?: 'screenGone' };
  'rehearsal.reported': { bridgePointId: string; checks: RehearsalReport['checks'] };
  /** `null`: the mark before was taken away. */
  'rollCall.marked': {
    bridgePointId: string;
    mark: { result: RollCallResult; note: string | null; by: string | null } | null;
  };
  'line.said': {
    messageId: string;
    bridgePointId: string;
    from: LineSide;
    by: string | null;
    text: string;
  };
  /** `accountId`, `name`: who is at the desk's end, once somebody is. */
  'line.rung': {
    bridgePointId: string;
    by: LineSide;
    accountId: string | null;
    name: string | null;
  };
  'line.answered': { bridgePointId: string; accountId: string; name: string | null };
  /** `reason`: the server did so, for the page at one end was gone. */
  'line.hungUp': { bridgePointId: string; reason?: LineLoss };
  'equipment.asked': {
    bridgePointId: string;
    camera?: string;
    microphone?: string;
    muted?: boolean;
    by: string | null;
  };
}

interface BridgePointChange {
  bridgePointId: string;
  name?: string;
  district?: string;
  kind?: string;
  expectedAttendance?: number;
}

export type EntryType = keyof EntryPayloads;

/** What `decide` returns: an entry before it has its number and its hash. */
export type EntryDraft = {
  [T in EntryType]: { type: T; payload: EntryPayloads[T] };
}[EntryType];

/** An entry of the log. `at` is epoch ms; `hash` covers all the rest and the entry before. */
export type LogEntry<T extends EntryType = EntryType> = {
  [K in T]: {
    dialogueId: string;
    seq: number;
    at: number;
    actor: LoggedActor;
    commandId: string;
    type: K;
    payload: EntryPayloads[K];
    prevHash: string;
    hash: string;
  };
}[T];

/** One function an entry type; together they are the fold that makes the state. */
export type Reducers<T extends EntryType> = {
  [K in T]: (state: import('./state.ts').DialogueState, entry: LogEntry<K>) => void;
};
