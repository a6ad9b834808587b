import type { ColumnType, JSONColumnType } from 'kysely';
import type { Attachment } from '../dialogue/attachments/ports.ts';
import type { PushKeys, StoredSubscription } from '../dialogue/push/ports.ts';
import type { Rows } from '../dialogue/kernel/state.ts';

type InDialogue<Row> = Row & { dialogueId: string };
type Json<T extends object> = JSONColumnType<T>;
type NullableJson<T> = ColumnType<T, string | null, string | null>;
type Replaced<Row, Columns> = Omit<Row, keyof Columns> & Columns;

/** The database's tables; the read models are the rows of the domain, field by column. */
export interface Tables {
  logHead: { dialogueId: string; seq: number; hash: string };
  logEntry: {
    dialogueId: string;
    seq: number;
    at: number;
    actor: Json<object>;
    commandId: string;
    type: string;
    payload: Json<object>;
    prevHash: string;
    hash: string;
  };
  commandOutcome: { dialogueId: string; commandId: string; actorKey: string; seq: number };
  dialogue: Replaced<
    Rows['dialogue'],
    { fields: Json<string[]>; agencies: Json<string[]>; rules: Json<Rows['dialogue']['rules']> }
  >;
  bridgePoint: InDialogue<Rows['bridgePoint']>;
  member: InDialogue<Rows['member']>;
  person: InDialogue<Rows['person']>;
  question: Replaced<
    InDialogue<Rows['question']>,
    {
      attachmentIds: Json<string[]>;
      pin: NullableJson<Rows['question']['pin']>;
      brief: NullableJson<Rows['question']['brief']>;
      disposition: NullableJson<Rows['question']['disposition']>;
    }
  >;
  note: InDialogue<Rows['note']>;
  support: InDialogue<Rows['support']>;
  attendee: InDialogue<Rows['attendee']>;
  hand: InDialogue<Rows['hand']>;
  turn: Replaced<InDialogue<Rows['turn']>, { clock: Json<Rows['turn']['clock']> }>;
  transcript: Replaced<
    InDialogue<Rows['transcript']>,
    {
      certifications: Json<Rows['transcript']['certifications']>;
      terms: Json<Rows['transcript']['terms']>;
      abbreviations: Json<Rows['transcript']['abbreviations']>;
    }
  >;
  transcriptLine: Replaced<
    InDialogue<Rows['transcriptLine']>,
    {
      words: NullableJson<Rows['transcriptLine']['words']>;
      audio: NullableJson<Rows['transcriptLine']['audio']>;
      redactions: Json<Rows['transcriptLine']['redactions']>;
    }
  >;
  readiness: Replaced<
    InDialogue<Rows['readiness']>,
    {
      reports: Json<Rows['readiness']['reports']>;
      rollCall: NullableJson<Rows['readiness']['rollCall']>;
    }
  >;
  line: InDialogue<Rows['line']>;
  lineMessage: InDialogue<Rows['lineMessage']>;
  equipment: Replaced<
    InDialogue<Rows['equipment']>,
    {
      camera: NullableJson<Rows['equipment']['camera']>;
      microphone: NullableJson<Rows['equipment']['microphone']>;
    }
  >;
  deck: InDialogue<Rows['deck']>;
  account: AccountTable;
  session: SessionTable;
  pairingCode: PairingCodeTable;
  pushKey: PushKeys & { id: number };
  pushSubscription: StoredSubscription & { createdAt: number };
  attachment: Attachment;
  attachmentPage: {
    attachmentId: string;
    number: number;
    width: number;
    height: number;
    jpeg: Buffer;
  };
}

export interface AccountTable {
  id: string;
  username: string;
  displayName: string;
  passwordHash: string;
  isAdmin: boolean;
  mustChangePassword: boolean;
  failures: number;
  lockedUntil: number | null;
  disabledAt: number | null;
  createdAt: number;
}

export interface SessionTable {
  id: string;
  tokenHash: string;
  kind: 'staff' | 'device' | 'person';
  accountId: string | null;
  dialogueId: string | null;
  bridgePointId: string | null;
  deviceRole: 'moderator' | 'screen' | 'encoder' | 'player' | null;
  personId: string | null;
  userAgent: string;
  createdAt: number;
  lastSeenAt: number;
  expiresAt: number;
  revokedAt: number | null;
}

export interface PairingCodeTable {
  code: string;
  dialogueId: string;
  bridgePointId: string;
  deviceRole: 'moderator' | 'screen';
  createdAt: number;
  expiresAt: number;
  usedAt: number | null;
}
