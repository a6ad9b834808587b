/** Bodies of HTTP requests, with their schemas, and of the answers. Times are epoch milliseconds. */
import { z } from 'zod';
import type { EndReason, TurnKind, TurnState } from '../model/floor.ts';
import { maxAttachments, nameVisibilities } from '../model/questions.ts';
import type { Disposition, QuestionChannel, QuestionState } from '../model/questions.ts';
import { pairedRoles } from '../model/roles.ts';
import type { DeviceRole, MemberRole, PairedRole, Role } from '../model/roles.ts';
import type { DialogueState, NamePolicy } from '../model/session.ts';
import type { BridgePointInput } from './bridge-points.ts';
import { maxQuestionLength } from './questions.ts';
import type { CaptionSpeaker, LeadFact } from './facts.ts';
import { id, line, paragraph } from './scalars.ts';
import { sessionCommands } from './session.ts';
import type { Principal } from './socket.ts';

/** As typed, NFC, so that two keyboards make the same password. */
const password = z
  .string()
  .min(1)
  .max(200)
  .transform((value) => value.normalize('NFC'));

const username = z
  .string()
  .transform((value) => value.trim().toLowerCase())
  .pipe(z.string().regex(/^[a-z0-9][a-z0-9._-]{1,39}$/));

/** A code as a person types it: any case, spaces and hyphens between its groups. */
const typedCode = z
  .string()
  .max(40)
  .transform((value) => value.replace(/[\s-]/g, '').toUpperCase())
  .pipe(z.string().regex(/^[0-9A-Z]{4,12}$/));

export const signInBody = z.strictObject({
  username: z
    .string()
    .max(80)
    .transform((value) => value.trim().toLowerCase()),
  password,
});
export const changePasswordBody = z.strictObject({ oldPassword: password, newPassword: password });

/** `accountId` is made by the client: a retry is the same account. */
export const createAccountBody = z.strictObject({
  accountId: id,
  username,
  displayName: line(120),
  isAdmin: z.boolean(),
});

export const pairingCodeBody = z.strictObject({
  bridgePointId: id,
  deviceRole: z.enum(pairedRoles),
});
/** An encoder's or a player's token is of one bridge point. */
export const deviceTokenBody = z.strictObject({ bridgePointId: id });
export const allPairingCodesBody = z.strictObject({ deviceRole: z.enum(pairedRoles) });
export const pairBody = z.strictObject({ code: typedCode });

export const joinCode = typedCode;

/** `personId` is made by the phone and kept secret: a retry is the same participant. */
export const joinBody = z.strictObject({
  code: joinCode,
  name: line(120).nullable().optional(),
  personId: id,
});

export const createDialogueBody = z.strictObject({
  commandId: id,
  dialogueId: id,
  settings: sessionCommands['dialogue.create'],
});

/** The code by which an asker finds their question again. */
export const questionCode = typedCode;

/** A question by the public form. `questionId` and `commandId` are made by the page: a retry is one. */
export const formQuestionBody = z.strictObject({
  commandId: id,
  questionId: id,
  bridgePointId: id,
  text: paragraph(maxQuestionLength),
  field: line(80).nullable(),
  asker: line(120).nullable(),
  nameVisibility: z.enum(nameVisibilities),
  /** Uploaded before for this very question. */
  attachmentIds: z.array(id).max(maxAttachments).optional(),
  /** Not shown to people: what fills it in is none. */
  website: z.literal(''),
});

const base64url = (min: number, max: number) =>
  z
    .string()
    .min(min)
    .max(max)
    .regex(/^[\w-]+={0,2}$/);

/** As the browser's Push API gives it: its address at the push service, its key, the shared secret. */
export const pushSubscriptionBody = z.strictObject({
  endpoint: z.url().max(1_000),
  p256dh: base64url(80, 100),
  auth: base64url(16, 32),
});
export const pushUnsubscriptionBody = z.strictObject({ endpoint: z.url().max(1_000) });

export const importBody = z.strictObject({ importId: id, commandId: id });

/** Questions of one page of a list. */
export const similarBody = z.strictObject({ questionIds: z.array(id).min(1).max(100) });

/** One of this browser's sessions. */
export type Me =
  | {
      kind: 'staff';
      principal: Principal;
      accountId: string;
      displayName: string;
      isAdmin: boolean;
      /** Until it is done, nothing else is allowed. */
      mustChangePassword: boolean;
    }
  | {
      kind: 'device';
      principal: Principal;
      displayName: string;
      role: DeviceRole;
      dialogueId: string;
      bridgePointId: string;
    }
  | {
      kind: 'person';
      principal: Principal;
      displayName: string | null;
      dialogueId: string;
      bridgePointId: string;
      personId: string;
    };

export interface MeBody {
  principals: Me[];
}

export interface AccountBody {
  id: string;
  username: string;
  displayName: string;
  isAdmin: boolean;
  mustChangePassword: boolean;
  disabled: boolean;
  lockedUntil: number | null;
  createdAt: number;
}

/** `password` is shown this once; `null` when a retry found the account made already. */
export interface NewPasswordBody {
  account: AccountBody;
  password: string | null;
}

/** An account to choose a member from. */
export interface MemberChoiceBody {
  id: string;
  username: string;
  displayName: string;
  roles: MemberRole[];
}

export interface SessionBody {
  id: string;
  kind: 'staff' | 'device' | 'person';
  /** An account's name, a hall's, or a participant's when they gave one. */
  displayName: string | null;
  deviceRole: DeviceRole | null;
  dialogueId: string | null;
  bridgePointId: string | null;
  userAgent: string;
  createdAt: number;
  lastSeenAt: number;
  expiresAt: number;
}

export interface PairingCodeBody {
  /** Grouped for people: `ABCD-EFGH`. */
  code: string;
  bridgePointId: string;
  bridgePointName: string;
  district: string;
  deviceRole: PairedRole;
  expiresAt: number;
}

export interface PairedBody {
  principal: Principal;
  dialogueId: string;
  bridgePointId: string;
  role: PairedRole;
}

/** Where an encoder sends to (WHIP) or a player asks (WHEP); the token is shown this once. */
export interface DeviceTokenBody {
  /** Path at this server's origin. */
  path: string;
  token: string;
}

export interface JoinInvitationBody {
  dialogueId: string;
  title: string;
  organiser: string;
  startsAt: number;
  state: DialogueState;
  bridgePointId: string;
  bridgePointName: string;
  district: string;
  namePolicy: NamePolicy;
  fields: string[];
}

export interface JoinedBody {
  principal: Principal;
  dialogueId: string;
  bridgePointId: string;
  personId: string;
  name: string | null;
  /** This browser had joined before, and keeps who it was. */
  already: boolean;
}

export type AttachmentKind = 'picture' | 'document';

/** A file that was added to a question, as it is kept: its pages are pictures. */
export interface AttachmentBody {
  kind: AttachmentKind;
  pages: number;
}

export interface UploadedBody extends AttachmentBody {
  attachmentId: string;
}

/** `null`: this server tells nobody by push. */
export interface PushKeyBody {
  publicKey: string | null;
}

/** What a push message says: nothing but how the question stands, and by which code to ask. */
export interface PushedBody {
  code: string | null;
  state: QuestionState;
  /** Of the question that it became a part of. */
  lead: QuestionState | null;
}

/** The public form of a dialogue, while it is open. */
export interface FormBody {
  dialogueId: string;
  title: string;
  organiser: string;
  startsAt: number;
  fields: string[];
  namePolicy: NamePolicy;
  halls: { id: string; name: string; district: string }[];
}

export interface FormReceiptBody {
  code: string;
}

/** What became of a question, for whoever has its code: no names, nobody else's words. */
export interface QuestionFateBody {
  code: string;
  dialogue: {
    title: string;
    organiser: string;
    state: DialogueState;
    startsAt: number;
  };
  bridgePointName: string;
  district: string;
  wording: string;
  field: string | null;
  state: QuestionState;
  askedAt: number;
  forwardedAt: number | null;
  acceptedAt: number | null;
  calledAt: number | null;
  /** Place in the city's queue from 1, while it is told. */
  place: number | null;
  returnReason: string | null;
  disposition: Disposition | null;
  /** The question that it became a part of; its fate is that one's. */
  lead: LeadFact | null;
}

export interface DialogueSummaryBody {
  id: string;
  title: string;
  organiser: string;
  state: DialogueState;
  startsAt: number;
  /** The account's own roles in it. */
  roles: MemberRole[];
  bridgePoints: number;
}

export const importColumns = ['code', 'name', 'district', 'kind', 'expectedAttendance'] as const;

export type ImportColumn = (typeof importColumns)[number];

export const importErrorCodes = [
  'bad_code',
  'bad_number',
  'column_missing',
  'column_twice',
  'duplicate_code',
  'empty_file',
  'extra_value',
  'limit_reached',
  'not_text',
  'quote_not_closed',
  'too_long',
  'value_missing',
] as const;

/** `line` counts from 1 in the file; `null` when the whole file is meant. */
export interface ImportError {
  line: number | null;
  column: ImportColumn | null;
  code: (typeof importErrorCodes)[number];
  /** What stood there, shortened; for `duplicate_code` the first line with it is `otherLine`. */
  value?: string;
  otherLine?: number;
}

export interface ImportRow extends BridgePointInput {
  line: number;
  outcome: 'new' | 'update' | 'same';
}

/** What a file would do. `rows` and `errors` are the first ones; `totals` count all. */
export interface ImportPreviewBody {
  importId: string;
  /** The file's own name for each column found. */
  columns: Partial<Record<ImportColumn, string>>;
  ignoredColumns: string[];
  rows: ImportRow[];
  errors: ImportError[];
  totals: { rows: number; new: number; update: number; same: number; errors: number };
}

export interface ImportedBody {
  seq: number;
  imported: number;
}

/** `score` is from 0 to 1: how much of what two questions say is the same. */
export interface SimilarQuestion {
  questionId: string;
  score: number;
}

/** For each question that was asked about those like it, best first, at most five. */
export interface SimilarBody {
  similar: Record<string, SimilarQuestion[]>;
}

/** One entry of the log about a question. `payload` is what the entry says, as its reader may see it. */
export interface HistoryEntry {
  seq: number;
  at: number;
  /** The entry's type, as `question.forwarded`. */
  type: string;
  actor: { kind: 'staff' | 'device' | 'person' | 'system'; role: Role; name: string | null };
  payload: Record<string, unknown>;
}

/** What the log says of a question, of its turns and of what was merged into it, oldest first. */
export interface HistoryBody {
  entries: HistoryEntry[];
}

/** Who spoke a line or a turn, as far as the reader may know. */
export type RecordSpeaker = CaptionSpeaker;

export interface RecordHall {
  id: string;
  code: string;
  name: string;
  district: string;
  kind: string;
  isCentral: boolean;
  expectedAttendance: number;
  headcount: number | null;
  headcountAt: number | null;
  joined: number;
}

export interface RecordQuestion {
  id: string;
  bridgePointId: string;
  bridgePointName: string;
  district: string;
  channel: QuestionChannel;
  wording: string;
  /** The asker's own words; `null` for readers outside the desk. */
  original: string | null;
  field: string | null;
  state: QuestionState;
  asker: string | null;
  askedAt: number;
  forwardedAt: number | null;
  acceptedAt: number | null;
  calledAt: number | null;
  endedAt: number | null;
  /** `null` for readers outside the desk, as is who returned it. */
  returnReason: string | null;
  returnedBy: 'bridgePoint' | 'city' | null;
  disposition: Disposition | null;
  /** The question that it became a part of; its fate is that one's. */
  mergedInto: string | null;
  /** People who said that they have it too. */
  supporters: number;
}

export interface RecordTurn {
  id: string;
  kind: TurnKind;
  questionId: string | null;
  bridgePointId: string;
  bridgePointName: string;
  asker: string | null;
  state: TurnState;
  preparedAt: number | null;
  calledAt: number | null;
  endedAt: number | null;
  spokenMs: number;
  budgetMs: number;
  /** How it ended: by a person, by the clock, or because the next one was called. */
  endReason: EndReason | null;
}

export interface RecordLine {
  id: string;
  at: number;
  /** `null`: nobody knows, it was typed. */
  endAt: number | null;
  /** Since the dialogue's start. */
  offsetMs: number;
  speaker: RecordSpeaker;
  turnId: string | null;
  questionId: string | null;
  /** As it is published: what was taken out of it, and what is personal, is masked. */
  text: string;
}

/** The record of a dialogue, as its reader may see it. */
export interface RecordBody {
  dialogue: {
    id: string;
    title: string;
    organiser: string;
    state: DialogueState;
    startsAt: number;
    startedAt: number | null;
    endedAt: number | null;
  };
  /** The log's number that this record goes up to. */
  seq: number;
  attendance: { expected: number; headcount: number; joined: number; hallsReported: number };
  halls: RecordHall[];
  questions: RecordQuestion[];
  /** How many more were asked, which the city never took up and this reader is not shown. */
  otherQuestions: number;
  turns: RecordTurn[];
  /** What was said, in order of time; translations are in the transcript alone. */
  transcript: RecordLine[];
}
