import type { TurnClock, TurnState } from '@nhip-cau/shared/model/floor';
import type {
  Disposition,
  NameVisibility,
  QuestionChannel,
  QuestionState,
} from '@nhip-cau/shared/model/questions';
import type { MemberRole } from '@nhip-cau/shared/model/roles';
import type { DialogueState as SessionState, NamePolicy } from '@nhip-cau/shared/model/session';

/* The rows of a dialogue. Each is written to the table of its name, field by column. */

export interface Dialogue {
  id: string;
  title: string;
  organiser: string;
  startsAt: number;
  state: SessionState;
  fields: string[];
  agencies: string[];
  namePolicy: NamePolicy;
  turnSeconds: number;
  centralBridgePointId: string;
  createdAt: number;
  startedAt: number | null;
  endedAt: number | null;
}

export interface BridgePoint {
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
  joinCode: string;
}

export interface Member {
  id: string;
  accountId: string;
  role: MemberRole;
}

export interface Person {
  id: string;
  bridgePointId: string;
  name: string | null;
  joinedAt: number;
}

export interface Question {
  id: string;
  bridgePointId: string;
  personId: string | null;
  channel: QuestionChannel;
  original: string;
  wording: string;
  field: string | null;
  state: QuestionState;
  asker: string | null;
  nameVisibility: NameVisibility;
  askedAt: number;
  forwardedAt: number | null;
  acceptedAt: number | null;
  rank: number | null;
  returnReason: string | null;
  returnedBy: 'bridgePoint' | 'city' | null;
  disposition: Disposition | null;
  turnId: string | null;
}

export interface Hand {
  id: string;
  bridgePointId: string;
  personId: string | null;
  name: string | null;
  raisedAt: number;
  /** The log's number of its raising: the true order. */
  position: number;
  loweredAt: number | null;
}

export interface Turn {
  id: string;
  questionId: string;
  bridgePointId: string;
  state: TurnState;
  clock: TurnClock;
  budgetMs: number;
  preparedAt: number | null;
  calledAt: number | null;
  endedAt: number | null;
}

export interface TranscriptLine {
  id: string;
  position: number;
  at: number;
  text: string;
  turnId: string | null;
  /** Milliseconds since the dialogue's start: where the cue stands in the recording. */
  offsetMs: number;
}

export interface Rows {
  dialogue: Dialogue;
  bridgePoint: BridgePoint;
  member: Member;
  person: Person;
  question: Question;
  hand: Hand;
  turn: Turn;
  transcriptLine: TranscriptLine;
}

export type Kind = keyof Rows;

/**
 * A dialogue as its log tells it. Reducers change it, entry by entry; nothing else does. `touched`
 * collects what changed, for the rows and the boards.
 */
export class DialogueState {
  readonly id: string;
  seq = 0;
  hash = '';
  dialogue: Dialogue | null = null;
  readonly bridgePoints = new Map<string, BridgePoint>();
  readonly bridgePointsByCode = new Map<string, BridgePoint>();
  readonly members = new Map<string, Member>();
  readonly persons = new Map<string, Person>();
  readonly questions = new Map<string, Question>();
  readonly questionsByPerson = new Map<string, Set<string>>();
  /** Questions in the queue, by rank ascending. */
  readonly queue: Question[] = [];
  /** Places in the queue, from 1, as far as they are told. Derived; not in the log. */
  readonly places = new Map<string, number>();
  readonly hands = new Map<string, Hand>();
  readonly raisedByPerson = new Map<string, Hand>();
  /** How often each person has raised a hand. */
  readonly handsByPerson = new Map<string, number>();
  readonly turns = new Map<string, Turn>();
  /** The turn on air or held, if any. */
  currentTurnId: string | null = null;
  readonly onDeckTurnIds = new Set<string>();
  readonly lines: TranscriptLine[] = [];
  readonly linesById = new Map<string, TranscriptLine>();
  readonly touched = new Map<Kind, Set<string>>();

  constructor(id: string) {
    this.id = id;
  }

  addBridgePoint(bridgePoint: BridgePoint): void {
    this.bridgePoints.set(bridgePoint.id, bridgePoint);
    this.bridgePointsByCode.set(bridgePoint.code, bridgePoint);
    this.touch('bridgePoint', bridgePoint.id);
  }

  touch(kind: Kind, id: string): void {
    const ids = this.touched.get(kind);
    if (ids) ids.add(id);
    else this.touched.set(kind, new Set([id]));
  }

  /** The row of that kind and id, if there is one. */
  row<K extends Kind>(kind: K, id: string): Rows[K] | undefined {
    const rows: { [P in Kind]: (id: string) => Rows[P] | undefined } = {
      dialogue: () => this.dialogue ?? undefined,
      bridgePoint: (key) => this.bridgePoints.get(key),
      member: (key) => this.members.get(key),
      person: (key) => this.persons.get(key),
      question: (key) => this.questions.get(key),
      hand: (key) => this.hands.get(key),
      turn: (key) => this.turns.get(key),
      transcriptLine: (key) => this.linesById.get(key),
    };
    return rows[kind](id);
  }

  /** How many rows of that kind there are. */
  size(kind: Kind): number {
    const sizes: { [P in Kind]: () => number } = {
      dialogue: () => (this.dialogue ? 1 : 0),
      bridgePoint: () => this.bridgePoints.size,
      member: () => this.members.size,
      person: () => this.persons.size,
      question: () => this.questions.size,
      hand: () => this.hands.size,
      turn: () => this.turns.size,
      transcriptLine: () => this.lines.length,
    };
    return sizes[kind]();
  }
}
