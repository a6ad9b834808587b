import type {
  EndReason,
  HeldReason,
  TurnClock,
  TurnKind,
  TurnState,
} from '@nhip-cau/shared/model/floor';
import type { LineEnd, LineSide, LineState } from '@nhip-cau/shared/model/lines';
import type { PlaceReason } from '@nhip-cau/shared/model/order';
import type {
  Brief,
  Disposition,
  NameVisibility,
  Pin,
  QuestionChannel,
  QuestionState,
  RestorableState,
  Urgency,
} from '@nhip-cau/shared/model/questions';
import type { Presentation } from '@nhip-cau/shared/model/presentation';
import type { RehearsalReport, RollCallMark } from '@nhip-cau/shared/model/rehearsal';
import type { MemberRole } from '@nhip-cau/shared/model/roles';
import type {
  DialogueRules,
  DialogueState as SessionState,
  NamePolicy,
} from '@nhip-cau/shared/model/session';
import type {
  Abbreviation,
  GlossaryTerm,
  LineAudio,
  LineSource,
  Redaction,
  TranscriptState,
  Word,
} from '@nhip-cau/shared/model/transcript';
import type { AttendeeSource } from '@nhip-cau/shared/protocol/facts';
import type { Certification } from '@nhip-cau/shared/protocol/transcript';
import type { RatedQueue } from '../questions/rated-queue.ts';
import type { StoredLine } from '../transcript/versions.ts';

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
  rules: DialogueRules;
  centralBridgePointId: string;
  createdAt: number;
  startedAt: number | null;
  endedAt: number | null;
  recordingSince: number | null;
  broadcastSince: number | null;
  broadcastCode: string | null;
  presentation: Presentation | null;
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
  /** Attendees who are there now. */
  present: number;
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
  urgency: Urgency;
  /** By which its asker can ask after it without a session; `null` in logs from before codes. */
  code: string | null;
  attachmentIds: string[];
  askedAt: number;
  forwardedAt: number | null;
  acceptedAt: number | null;
  /** Grows with each edit. */
  revision: number;
  /** Its own supporters; those of merged questions are theirs. */
  supporters: number;
  mergedInto: string | null;
  /** Where it stood before it was merged, returned or disposed of uncalled. */
  stateBefore: RestorableState | null;
  /** Kept while it is out of the queue and may come back; without effect until then. */
  pin: Pin | null;
  brief: Brief | null;
  returnReason: string | null;
  returnedBy: 'bridgePoint' | 'city' | null;
  disposition: Disposition | null;
  turnId: string | null;
}

export interface Note {
  id: string;
  questionId: string;
  text: string;
  at: number;
  by: string | null;
  removedAt: number | null;
}

/** "I have this question too." */
export interface Support {
  id: string;
  questionId: string;
  personId: string;
  at: number;
  withdrawnAt: number | null;
}

export interface Attendee {
  id: string;
  bridgePointId: string;
  personId: string | null;
  name: string | null;
  how: AttendeeSource;
  joinedAt: number | null;
  leftAt: number | null;
  removedAt: number | null;
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
  kind: TurnKind;
  questionId: string | null;
  handId: string | null;
  bridgePointId: string;
  state: TurnState;
  heldReason: HeldReason | null;
  endReason: EndReason | null;
  clock: TurnClock;
  budgetMs: number;
  /** What was added to its budget since. */
  extendedMs: number;
  /** What its district had spoken when it was called. */
  districtSpokenMs: number;
  preparedAt: number | null;
  calledAt: number | null;
  endedAt: number | null;
}

/** How far a dialogue's transcript is; its id is the dialogue's. */
export interface Transcript {
  id: string;
  state: TranscriptState;
  /** The version that it is, or is to become. */
  version: number;
  certifications: Certification[];
  isMuted: boolean;
  terms: GlossaryTerm[];
  abbreviations: Abbreviation[];
}

/** Its lists are replaced, never changed in place: certified versions share them. */
export interface TranscriptLine {
  id: string;
  position: number;
  at: number;
  endAt: number | null;
  text: string;
  track: string;
  turnId: string | null;
  bridgePointId: string | null;
  questionId: string | null;
  speakerName: string | null;
  /** Milliseconds since the dialogue's start: where the cue stands in the recording. */
  offsetMs: number;
  raw: string | null;
  /** One for each word of `text`. */
  words: Word[] | null;
  confidence: number | null;
  source: LineSource;
  engine: string | null;
  isLate: boolean;
  audio: LineAudio | null;
  revision: number;
  isCorrected: boolean;
  /** Engine captions were muted when it was heard. */
  isWithheld: boolean;
  /** By where they begin. */
  redactions: Redaction[];
  removedAt: number | null;
}

/** Whether a hall is ready for the event; its id is the bridge point's. */
export interface Readiness {
  id: string;
  /** The newest first. */
  reports: RehearsalReport[];
  rollCall: RollCallMark | null;
}

/** The voice line between the desk and a hall; its id is the bridge point's. */
export interface Line {
  id: string;
  state: LineState;
  rungBy: LineSide | null;
  /** Who talks or rings at the desk. */
  accountId: string | null;
  name: string | null;
  since: number;
}

export interface LineMessage {
  id: string;
  bridgePointId: string;
  from: LineSide;
  by: string | null;
  text: string;
  at: number;
  /** Order of the hall's messages, from 1. */
  position: number;
}

/** What the desk has asked of a hall's computer; its id is the bridge point's. */
export interface Equipment {
  id: string;
  muted: boolean;
  mutedBy: string | null;
  camera: { key: string; at: number } | null;
  microphone: { key: string; at: number } | null;
}

/** A document that is ready to be shown; its id is that of its file. */
export interface Deck {
  id: string;
  title: string;
  pages: number;
}

export interface Rows {
  dialogue: Dialogue;
  bridgePoint: BridgePoint;
  member: Member;
  person: Person;
  question: Question;
  note: Note;
  support: Support;
  attendee: Attendee;
  hand: Hand;
  turn: Turn;
  transcript: Transcript;
  transcriptLine: TranscriptLine;
  readiness: Readiness;
  line: Line;
  lineMessage: LineMessage;
  equipment: Equipment;
  deck: Deck;
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
  readonly questionsByCode = new Map<string, Question>();
  readonly questionsByAttachment = new Map<string, Question>();
  /** When questions that their halls have recalled were first forwarded. */
  readonly recalled = new Map<string, number>();
  /** Numbers of the entries that tell of each question. */
  readonly trails = new Map<string, number[]>();
  /** Questions that are a part of another one, by the one they were merged into. */
  readonly mergedInto = new Map<string, Set<string>>();
  /** Questions in the queue, in the order in which they came in. */
  readonly queue = new Map<string, Question>();
  /** The queue as the rule looks at it, but for `unrated`. Derived; not in the log. */
  rated: RatedQueue | null = null;
  /** Questions that changed since `rated` was made or brought up to date. */
  readonly unrated = new Set<string>();
  /** Whether the plan has to be made anew. */
  isPlanStale = true;
  /** The first of the queue in the order of the rule, and why. Derived; not in the log. */
  plan: { question: Question; reason: PlaceReason }[] = [];
  /** Places, from 1, of those in the plan; those on deck come before. Derived; not in the log. */
  readonly places = new Map<string, number>();
  /** How many questions have left the queue for the deck: what pins count from. */
  departures = 0;
  readonly notes = new Map<string, Note>();
  readonly supports = new Map<string, Support>();
  /** Supports of each person, by question. */
  readonly supportsByPerson = new Map<string, Map<string, Support>>();
  /** How often each person has supported a question. */
  readonly supportCounts = new Map<string, number>();
  readonly attendees = new Map<string, Attendee>();
  readonly hands = new Map<string, Hand>();
  /** Hands that are up, by hall, in true order. */
  readonly raisedByHall = new Map<string, Set<Hand>>();
  readonly raisedByPerson = new Map<string, Hand>();
  /** How often each person has raised a hand. */
  readonly handsByPerson = new Map<string, number>();
  readonly turns = new Map<string, Turn>();
  /** The turn on air or held, if any. */
  currentTurnId: string | null = null;
  readonly onDeckTurnIds = new Set<string>();
  /** The hall that was called last and the question that was spoken of last; derived. */
  readonly talk: { bridgePointId: string | null; questionId: string | null } = {
    bridgePointId: null,
    questionId: null,
  };
  readonly transcript: Transcript;
  /** In the order in which they came. */
  readonly lines: TranscriptLine[] = [];
  readonly linesById = new Map<string, TranscriptLine>();
  /** By track: lines that everybody may read, in order of time. */
  readonly toldLines = new Map<string, TranscriptLine[]>();
  /** Numbers of the entries that tell of each line. */
  readonly lineTrails = new Map<string, number[]>();
  /** By version: the lines as they were certified. */
  readonly certifiedLines = new Map<number, readonly StoredLine[]>();
  readonly readiness = new Map<string, Readiness>();
  readonly voiceLines = new Map<string, Line>();
  /** How the last call on each line ended that has none now; derived. */
  readonly lineEnds = new Map<string, LineEnd>();
  readonly lineMessages = new Map<string, LineMessage>();
  /** Messages of each hall's line, in order. */
  readonly messagesByHall = new Map<string, LineMessage[]>();
  readonly equipment = new Map<string, Equipment>();
  readonly decks = new Map<string, Deck>();
  readonly touched = new Map<Kind, Set<string>>();

  constructor(id: string) {
    this.id = id;
    this.transcript = {
      id,
      state: 'draft',
      version: 1,
      certifications: [],
      isMuted: false,
      terms: [],
      abbreviations: [],
    };
  }

  /** Takes a hall in; logs from before attendance by name do not say how many are present. */
  addBridgePoint(made: Omit<BridgePoint, 'present'> & { present?: number }): void {
    const bridgePoint: BridgePoint = { ...made, present: made.present ?? 0 };
    this.bridgePoints.set(bridgePoint.id, bridgePoint);
    this.bridgePointsByCode.set(bridgePoint.code, bridgePoint);
    this.touch('bridgePoint', bridgePoint.id);
  }

  touch(kind: Kind, id: string): void {
    if (kind === 'question') this.unrated.add(id);
    const ids = this.touched.get(kind);
    if (ids) ids.add(id);
    else this.touched.set(kind, new Set([id]));
  }

  /** The row of that kind and id, if there is one. */
  row<K extends Kind>(kind: K, id: string): Rows[K] | undefined {
    return rowFinders[kind](this, id);
  }

  /** Every row of that kind. */
  rows<K extends Kind>(kind: K): Rows[K][] {
    const all: { [P in Kind]: () => Iterable<Rows[P]> } = {
      dialogue: () => (this.dialogue ? [this.dialogue] : []),
      bridgePoint: () => this.bridgePoints.values(),
      member: () => this.members.values(),
      person: () => this.persons.values(),
      question: () => this.questions.values(),
      note: () => this.notes.values(),
      support: () => this.supports.values(),
      attendee: () => this.attendees.values(),
      hand: () => this.hands.values(),
      turn: () => this.turns.values(),
      transcript: () => (this.dialogue ? [this.transcript] : []),
      transcriptLine: () => this.lines,
      readiness: () => this.readiness.values(),
      line: () => this.voiceLines.values(),
      lineMessage: () => this.lineMessages.values(),
      equipment: () => this.equipment.values(),
      deck: () => this.decks.values(),
    };
    return [...all[kind]()];
  }

  /** How many rows of that kind there are. */
  size(kind: Kind): number {
    const sizes: { [P in Kind]: () => number } = {
      dialogue: () => (this.dialogue ? 1 : 0),
      bridgePoint: () => this.bridgePoints.size,
      member: () => this.members.size,
      person: () => this.persons.size,
      question: () => this.questions.size,
      note: () => this.notes.size,
      support: () => this.supports.size,
      attendee: () => this.attendees.size,
      hand: () => this.hands.size,
      turn: () => this.turns.size,
      transcript: () => (this.dialogue ? 1 : 0),
      transcriptLine: () => this.lines.length,
      readiness: () => this.readiness.size,
      line: () => this.voiceLines.size,
      lineMessage: () => this.lineMessages.size,
      equipment: () => this.equipment.size,
      deck: () => this.decks.size,
    };
    return sizes[kind]();
  }
}

const rowFinders: { [K in Kind]: (state: DialogueState, id: string) => Rows[K] | undefined } = {
  dialogue: (state) => state.dialogue ?? undefined,
  bridgePoint: (state, id) => state.bridgePoints.get(id),
  member: (state, id) => state.members.get(id),
  person: (state, id) => state.persons.get(id),
  question: (state, id) => state.questions.get(id),
  note: (state, id) => state.notes.get(id),
  support: (state, id) => state.supports.get(id),
  attendee: (state, id) => state.attendees.get(id),
  hand: (state, id) => state.hands.get(id),
  turn: (state, id) => state.turns.get(id),
  transcript: (state, id) => (id === state.id && state.dialogue ? state.transcript : undefined),
  transcriptLine: (state, id) => state.linesById.get(id),
  readiness: (state, id) => state.readiness.get(id),
  line: (state, id) => state.voiceLines.get(id),
  lineMessage: (state, id) => state.lineMessages.get(id),
  equipment: (state, id) => state.equipment.get(id),
  deck: (state, id) => state.decks.get(id),
};
