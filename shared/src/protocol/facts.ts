/**
 * What each audience is told. A fact is the present value of one thing, as that audience may see
 * it; a later one replaces an earlier one, `null` takes it away. Times are epoch milliseconds.
 */
import type { Audience } from '../model/audience.ts';
import type { EndReason, HeldReason, TurnClock, TurnKind, TurnState } from '../model/floor.ts';
import type { LineEnd, LineSide, LineState } from '../model/lines.ts';
import type { PlaceReason } from '../model/order.ts';
import type { Presentation } from '../model/presentation.ts';
import type {
  Brief,
  Disposition,
  NameVisibility,
  Pin,
  QuestionChannel,
  QuestionState,
  Urgency,
} from '../model/questions.ts';
import type { RehearsalReport, RollCallMark } from '../model/rehearsal.ts';
import type { MemberRole } from '../model/roles.ts';
import type { DialogueRules, DialogueState, NamePolicy } from '../model/session.ts';
import type {
  Abbreviation,
  GlossaryTerm,
  LineAudio,
  LineSource,
  Redaction,
  TranscriptState,
} from '../model/transcript.ts';
import type { Certification } from './transcript.ts';

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
  rules: DialogueRules;
  startedAt: number | null;
  endedAt: number | null;
  centralBridgePointId: string;
  /** Since when it is recorded; `null` while it is not. */
  recordingSince: number | null;
  /** Since when anybody can watch it; `null` while nobody can. */
  broadcastSince: number | null;
  /** Where they can: `/xem/CODE`; from its first broadcast on. */
  broadcastCode: string | null;
}

/** A turn as everybody may see it. `asker` is there only as far as the asker agreed. */
export interface StageTurn {
  turnId: string;
  kind: TurnKind;
  /** What it is about: none for a hand, perhaps none for the head table. */
  questionId: string | null;
  bridgePointId: string;
  bridgePointName: string;
  district: string;
  state: TurnState;
  /** Why it is held, while it is. */
  heldReason: HeldReason | null;
  clock: TurnClock;
  budgetMs: number;
  /** What was added to the budget, in ms; taken away when negative. */
  extendedMs: number;
  /** What the turns of its district have taken before it, in ms. */
  districtSpokenMs: number;
  wording: string | null;
  field: string | null;
  asker: string | null;
  /** The desk has closed the hall's microphone: it stays closed, also on air. */
  muted: boolean;
  /** How many people have the question, its asker among them, and in how many halls. */
  people: number;
  halls: number;
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
  presentation: Presentation | null;
}

/** A document that is ready to be shown. */
export interface DeckFact {
  id: string;
  title: string;
  pages: number;
}

/** A caption: a line of the transcript as everybody reads it. */
export interface CaptionFact {
  id: string;
  /** Order of the lines within the dialogue. */
  position: number;
  at: number;
  /** `null`: nobody knows, it was typed. */
  endAt: number | null;
  /** What was taken out of it, and what is personal, is masked. */
  text: string;
  /** The language that it is written in; `vi` is what was said. */
  track: string;
  /** Who speaks, as far as it may be shown: a hall and perhaps a name, or the head table. */
  speaker: CaptionSpeaker;
  /** It was transcribed long after it was said: it stands where it was said, not at the end. */
  isLate: boolean;
  /** A person has changed it. */
  isCorrected: boolean;
}

/** `name`: of the one who spoke the line, where somebody has said so and it may be shown. */
export type CaptionSpeaker =
  | { kind: 'host'; name: string | null }
  | { kind: 'turn'; bridgePointName: string; asker: string | null; name: string | null };

/** A line as the desk works with it, nothing of it masked. Its words' times come by HTTP. */
export interface DeskCaptionFact extends CaptionFact {
  /** Grows with each change; edits say the one that they have read. */
  revision: number;
  turnId: string | null;
  questionId: string | null;
  bridgePointId: string | null;
  source: LineSource;
  confidence: number | null;
  /** Which of its words the engine was unsure of. */
  lowWords: number[];
  redactions: Redaction[];
  isRemoved: boolean;
  /** Engine captions were muted when some of it was heard: halls and phones do not see it. */
  isWithheld: boolean;
  audio: LineAudio | null;
}

/** How far the transcript is, and its certified versions. */
export interface TranscriptFact {
  /** The dialogue's. */
  id: string;
  state: TranscriptState;
  /** The version that it is, or is to become. */
  version: number;
  certifications: Certification[];
  /** What engines hear is kept from halls and phones. */
  isMuted: boolean;
}

/** What the engine is told to expect, and what stenographers type for longer words. */
export interface VocabularyFact {
  /** The dialogue's. */
  id: string;
  terms: GlossaryTerm[];
  abbreviations: Abbreviation[];
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
  urgency: Urgency;
  state: QuestionState;
  asker: string | null;
  nameVisibility: NameVisibility;
  /** By which its asker can ask after it later. */
  code: string | null;
  askedAt: number;
  forwardedAt: number | null;
  acceptedAt: number | null;
  /** Grows with each edit of wording, field or urgency. */
  revision: number;
  /** People who said "I have this question too", those of merged questions included. */
  supporters: number;
  /** In how many halls it is asked, with those of merged questions. */
  halls: number;
  /** Questions that are a part of this one, directly. */
  mergedIds: string[];
  mergedInto: string | null;
  pin: Pin | null;
  brief: Brief | null;
  attachmentIds: string[];
  returnReason: string | null;
  returnedBy: 'bridgePoint' | 'city' | null;
  disposition: Disposition | null;
  turnId: string | null;
}

/** The question that another one became a part of, as its hall and asker follow it. */
export interface LeadFact {
  id: string;
  bridgePointName: string;
  wording: string;
  state: QuestionState;
  place: number | null;
  disposition: Disposition | null;
}

export interface HallQuestionFact {
  id: string;
  channel: QuestionChannel;
  original: string;
  wording: string;
  field: string | null;
  urgency: Urgency;
  state: QuestionState;
  asker: string | null;
  code: string | null;
  askedAt: number;
  forwardedAt: number | null;
  revision: number;
  supporters: number;
  mergedIds: string[];
  lead: LeadFact | null;
  attachmentIds: string[];
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
  code: string | null;
  askedAt: number;
  supporters: number;
  lead: LeadFact | null;
  attachmentIds: string[];
  place: number | null;
  returnReason: string | null;
  disposition: Disposition | null;
}

/** A question as the people of its hall see it, once somebody has read it and sent it on. */
export interface PeerQuestionFact {
  id: string;
  wording: string;
  field: string | null;
  /** Only if the asker said so. */
  asker: string | null;
  state: QuestionState;
  supporters: number;
}

/** That a person stands behind a question. */
export interface SupportFact {
  id: string;
  questionId: string;
}

/** A question's place in the planned order of the queue, as far as it is told, and why it has it. */
export interface PlaceFact {
  /** The question's. */
  id: string;
  /** The question before it, `null` for the first. */
  after: string | null;
  reason: PlaceReason;
}

export interface NoteFact {
  id: string;
  questionId: string;
  text: string;
  at: number;
  by: string | null;
}

export interface HandFact {
  id: string;
  name: string | null;
  raisedAt: number;
  /** True order of the server's log. */
  position: number;
  /** Place among the hands of the hall, from 1. */
  place: number;
}

/** A hand as the desk and the head table see it, over all halls. */
export interface DeskHandFact {
  id: string;
  bridgePointId: string;
  bridgePointName: string;
  district: string;
  name: string | null;
  raisedAt: number;
  position: number;
}

/** Somebody who was there, or is expected. */
export interface AttendeeFact {
  id: string;
  name: string | null;
  /** `qr`: joined with a phone; `list`: was expected; `manual`: entered at the door. */
  how: AttendeeSource;
  joinedAt: number | null;
  leftAt: number | null;
}

export type AttendeeSource = 'qr' | 'list' | 'manual';

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
  /** Checked in and not gone: phones and people without. */
  present: number;
  /** Hands that are up. */
  hands: number;
  /** The code of its QR. */
  joinCode: string;
}

/** How a hall's computer passed the rehearsal, and how the hall answered the roll call. */
export interface ReadinessFact {
  /** The bridge point's. */
  id: string;
  /** The newest first. */
  reports: RehearsalReport[];
  rollCall: RollCallMark | null;
}

/** The private voice line between the desk and one hall. */
export interface LineFact {
  /** The bridge point's. */
  id: string;
  state: LineState;
  /** Who rang; `null` while nobody does. */
  rungBy: LineSide | null;
  /** Who talks or rings at the desk. */
  accountId: string | null;
  name: string | null;
  since: number;
  /** How the last call ended; `null` before the first one, and while there is one. */
  ended: LineEnd | null;
}

/** One message between the desk and a hall's moderator. */
export interface LineMessageFact {
  id: string;
  bridgePointId: string;
  from: LineSide;
  /** Who wrote at the desk; `null` for the hall. */
  by: string | null;
  text: string;
  at: number;
  /** Order of the hall's messages, from 1. */
  position: number;
}

/** What the desk has asked of a hall's computer; devices by the keys of its reports. */
export interface EquipmentFact {
  /** The bridge point's. */
  id: string;
  muted: boolean;
  mutedBy: string | null;
  camera: { key: string; at: number } | null;
  microphone: { key: string; at: number } | null;
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
  kind: TurnKind;
  questionId: string | null;
  handId: string | null;
  bridgePointId: string;
  bridgePointName: string;
  /** Who speaks: the asker, or whose hand it was. */
  speaker: string | null;
  state: TurnState;
  heldReason: HeldReason | null;
  endReason: EndReason | null;
  clock: TurnClock;
  budgetMs: number;
  extendedMs: number;
  districtSpokenMs: number;
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
  present: number;
  hands: number;
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
  caption: DeskCaptionFact;
  transcript: TranscriptFact;
  vocabulary: VocabularyFact;
  member: MemberFact;
  counts: CountsFact;
  place: PlaceFact;
  note: NoteFact;
  hand: DeskHandFact;
  readiness: ReadinessFact;
  line: LineFact;
  lineMessage: LineMessageFact;
  equipment: EquipmentFact;
  deck: DeckFact;
}

export interface HostCollections {
  question: DeskQuestionFact;
  turn: TurnFact;
  counts: CountsFact;
  hand: DeskHandFact;
  deck: DeckFact;
  transcript: TranscriptFact;
}

export interface HallCollections {
  bridgePoint: BridgePointFact;
  question: HallQuestionFact;
  hand: HandFact;
  attendee: AttendeeFact;
  readiness: ReadinessFact;
  line: LineFact;
  lineMessage: LineMessageFact;
  equipment: EquipmentFact;
}

/** What the people in a hall's chairs read of each other's questions. */
export interface PeerCollections {
  question: PeerQuestionFact;
}

/** What a hall's projector needs to know of its hall: it stands before everybody's eyes. */
export interface ScreenCollections {
  hall: ScreenHallFact;
}

export interface PersonCollections {
  person: PersonFact;
  question: OwnQuestionFact;
  hand: HandFact;
  support: SupportFact;
}

export type BoardName = 'everyone' | 'desk' | 'host' | 'bridgePoint' | 'hall' | 'screen' | 'person';

export interface Boards {
  everyone: EveryoneCollections;
  desk: DeskCollections;
  host: HostCollections;
  bridgePoint: HallCollections;
  hall: PeerCollections;
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

/** The newest captions of each track are kept on the board of everyone; older ones are in the record. */
export const captionWindow = 60;
