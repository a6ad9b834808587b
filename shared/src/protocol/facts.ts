/**
 * What each audience is told. A fact is the present value of one thing, as that audience may see
 * it; a later one replaces an earlier one, `null` takes it away. Times are epoch milliseconds.
 */
import type { Audience } from '../model/audience.ts';
import type { TurnClock, TurnState } from '../model/floor.ts';
import type {
  Disposition,
  NameVisibility,
  QuestionChannel,
  QuestionState,
} from '../model/questions.ts';
import type { MemberRole } from '../model/roles.ts';
import type { DialogueState, NamePolicy } from '../model/session.ts';

export interface DialogueFact {
  id: string;
  title: string;
  organiser: string;
  startsAt: number;
  state: DialogueState;
  fields: string[];
  agencies: string[];
  namePolicy: NamePolicy;
  turnSeconds: number;
  startedAt: number | null;
  endedAt: number | null;
  centralBridgePointId: string;
}

/** A turn as everybody may see it. `asker` is there only as far as the asker agreed. */
export interface StageTurn {
  turnId: string;
  questionId: string;
  bridgePointId: string;
  bridgePointName: string;
  district: string;
  state: TurnState;
  clock: TurnClock;
  budgetMs: number;
  wording: string;
  field: string | null;
  asker: string | null;
}

export interface NextHall {
  bridgePointId: string;
  bridgePointName: string;
  district: string;
}

export interface StageFact {
  /** The turn on air or held. */
  onAir: StageTurn | null;
  onDeck: StageTurn[];
  /** The first of the queue behind those on deck. */
  next: NextHall[];
}

/** A caption: a line of the transcript as everybody reads it. */
export interface CaptionFact {
  id: string;
  /** Order of the lines within the dialogue. */
  position: number;
  at: number;
  text: string;
  /** Who speaks, as far as it may be shown: a hall and perhaps a name, or the head table. */
  speaker: { kind: 'host' } | { kind: 'turn'; bridgePointName: string; asker: string | null };
}

/** A question as the desk and the host see it. */
export interface DeskQuestionFact {
  id: string;
  bridgePointId: string;
  bridgePointName: string;
  district: string;
  channel: QuestionChannel;
  /** The asker's own words, never changed. */
  original: string;
  wording: string;
  field: string | null;
  state: QuestionState;
  asker: string | null;
  nameVisibility: NameVisibility;
  askedAt: number;
  forwardedAt: number | null;
  acceptedAt: number | null;
  /** Sorts the queue, ascending; `null` when it is not in it. */
  rank: number | null;
  returnReason: string | null;
  disposition: Disposition | null;
  turnId: string | null;
}

export interface HallQuestionFact {
  id: string;
  channel: QuestionChannel;
  original: string;
  wording: string;
  field: string | null;
  state: QuestionState;
  asker: string | null;
  askedAt: number;
  /** Place in the city's queue from 1, while it is told. */
  place: number | null;
  returnReason: string | null;
  returnedBy: 'bridgePoint' | 'city' | null;
  disposition: Disposition | null;
  turnId: string | null;
}

export interface OwnQuestionFact {
  id: string;
  original: string;
  wording: string;
  field: string | null;
  state: QuestionState;
  askedAt: number;
  place: number | null;
  returnReason: string | null;
  disposition: Disposition | null;
}

export interface HandFact {
  id: string;
  name: string | null;
  raisedAt: number;
  /** True order of the server's log. */
  position: number;
}

export interface BridgePointFact {
  id: string;
  code: string;
  name: string;
  district: string;
  kind: string;
  isCentral: boolean;
  expectedAttendance: number;
  headcount: number | null;
  headcountAt: number | null;
  /** Phones that joined in this hall. */
  joined: number;
  /** The code of its QR. */
  joinCode: string;
}

export interface ScreenHallFact {
  id: string;
  name: string;
  district: string;
  /** The code of its QR. */
  joinCode: string;
}

export interface TurnFact {
  id: string;
  questionId: string;
  bridgePointId: string;
  bridgePointName: string;
  state: TurnState;
  clock: TurnClock;
  budgetMs: number;
  preparedAt: number | null;
  calledAt: number | null;
  endedAt: number | null;
}

export interface MemberFact {
  id: string;
  accountId: string;
  role: MemberRole;
}

export interface CountsFact {
  asked: number;
  incoming: number;
  waiting: number;
  heard: number;
  disposed: number;
  returned: number;
  /** Heard, or never called: a disposition is owed. */
  owed: number;
  headcount: number;
  joined: number;
}

export interface PersonFact {
  id: string;
  name: string | null;
  bridgePointId: string;
  bridgePointName: string;
}

/** Collections of the board that every session of the dialogue reads. */
export interface EveryoneCollections {
  dialogue: DialogueFact;
  stage: StageFact;
  caption: CaptionFact;
}

export interface DeskCollections {
  question: DeskQuestionFact;
  bridgePoint: BridgePointFact;
  turn: TurnFact;
  caption: CaptionFact;
  member: MemberFact;
  counts: CountsFact;
}

export interface HostCollections {
  question: DeskQuestionFact;
  counts: CountsFact;
}

export interface HallCollections {
  bridgePoint: BridgePointFact;
  question: HallQuestionFact;
  hand: HandFact;
}

/** What a hall's projector needs to know of its hall: it stands before everybody's eyes. */
export interface ScreenCollections {
  hall: ScreenHallFact;
}

export interface PersonCollections {
  person: PersonFact;
  question: OwnQuestionFact;
  hand: HandFact;
}

export type BoardName = 'everyone' | 'desk' | 'host' | 'bridgePoint' | 'screen' | 'person';

export interface Boards {
  everyone: EveryoneCollections;
  desk: DeskCollections;
  host: HostCollections;
  bridgePoint: HallCollections;
  screen: ScreenCollections;
  person: PersonCollections;
}

/** One thing's present value for one audience; `null`: it is no longer there to see. */
export interface Put {
  collection: string;
  id: string;
  value: unknown;
}

/**
 * What one commit tells one audience. `prev` is the `seq` of the delivery before it: a client whose
 * own is another has missed something and asks `sync`.
 */
export interface Delivery {
  dialogueId: string;
  audience: Audience;
  seq: number;
  prev: number;
  puts: Put[];
}

/** The newest captions are kept on the board of everyone; older ones are in the record. */
export const captionWindow = 60;
