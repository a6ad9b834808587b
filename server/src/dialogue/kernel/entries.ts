import type {
  Disposition,
  NameVisibility,
  QuestionChannel,
} from '@nhip-cau/shared/model/questions';
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
  };
  'question.edited': { questionId: string; wording?: string; field?: string | null };
  'question.forwarded': { questionId: string };
  'question.returned': { questionId: string; by: 'bridgePoint' | 'city'; reason: string };
  'question.accepted': { questionId: string; rank: number };
  'question.moved': { questionId: string; rank: number };
  'queue.spread': { ranks: Record<string, number> };
  'question.withdrawn': { questionId: string };
  'question.disposed': { questionId: string; disposition: Disposition };
  'question.undisposed': { questionId: string };
  'hand.raised': {
    handId: string;
    bridgePointId: string;
    personId: string | null;
    name: string | null;
  };
  'hand.lowered': { handId: string };
  'turn.prepared': { turnId: string; questionId: string; budgetMs: number };
  'turn.released': { turnId: string };
  'turn.called': { turnId: string };
  'turn.held': { turnId: string; reason: 'linkLost' | 'person' };
  'turn.resumed': { turnId: string };
  'turn.ended': { turnId: string };
  'transcript.added': { lineId: string; text: string; turnId: string | null };
  'attendance.reported': { bridgePointId: string; headcount: number };
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
