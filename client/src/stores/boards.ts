import { inOrder } from '@nhip-cau/shared/model/order';
import { inTime } from '@nhip-cau/shared/model/transcript';
import type {
  AttendeeFact,
  BridgePointFact,
  CaptionFact,
  CountsFact,
  DeckFact,
  DeskCaptionFact,
  DeskHandFact,
  DeskQuestionFact,
  EquipmentFact,
  HallQuestionFact,
  HandFact,
  LineFact,
  LineMessageFact,
  MemberFact,
  NoteFact,
  OwnQuestionFact,
  PeerQuestionFact,
  PersonFact,
  PlaceFact,
  ReadinessFact,
  SupportFact,
  TranscriptFact,
  TurnFact,
  VocabularyFact,
} from '@nhip-cau/shared/protocol/facts';
import { computed, reactive, shallowReactive } from 'vue';
import { createBoardMaps } from '../core/connection/board-maps.ts';

/** Facts are replaced, never changed in place: only the maps need watching. */
const newMap = <Fact>() => shallowReactive(new Map<string, Fact>());

const first = <Fact>(map: ReadonlyMap<string, Fact>): Fact | null =>
  map.values().next().value ?? null;

const byPosition = <Fact extends { position: number }>(map: ReadonlyMap<string, Fact>): Fact[] =>
  [...map.values()].sort((a, b) => a.position - b.position);

const inTimeOf = <Fact extends CaptionFact>(map: ReadonlyMap<string, Fact>): Fact[] =>
  [...map.values()].sort(inTime);

interface DeskBoard {
  readonly questions: ReadonlyMap<string, DeskQuestionFact>;
  readonly bridgePoints: ReadonlyMap<string, BridgePointFact>;
  readonly turns: ReadonlyMap<string, TurnFact>;
  /** Every line of the transcript in order of time, removed ones too. */
  readonly captions: readonly DeskCaptionFact[];
  readonly transcript: TranscriptFact | null;
  readonly vocabulary: VocabularyFact | null;
  readonly members: ReadonlyMap<string, MemberFact>;
  readonly counts: CountsFact | null;
  /** The planned order of the queue, with the reason of each place. */
  readonly order: readonly PlaceFact[];
  readonly notes: ReadonlyMap<string, NoteFact>;
  /** Over all halls, in the true order of the server's log. */
  readonly hands: readonly DeskHandFact[];
  /** By bridge point, as are `lines` and `equipment`. */
  readonly readiness: ReadonlyMap<string, ReadinessFact>;
  readonly lines: ReadonlyMap<string, LineFact>;
  readonly lineMessages: ReadonlyMap<string, LineMessageFact>;
  readonly equipment: ReadonlyMap<string, EquipmentFact>;
  /** Documents that are ready to be shown. */
  readonly decks: ReadonlyMap<string, DeckFact>;
}

interface HostBoard {
  readonly questions: ReadonlyMap<string, DeskQuestionFact>;
  readonly turns: ReadonlyMap<string, TurnFact>;
  readonly counts: CountsFact | null;
  readonly hands: readonly DeskHandFact[];
  readonly decks: ReadonlyMap<string, DeckFact>;
  readonly transcript: TranscriptFact | null;
}

interface HallBoard {
  readonly bridgePoint: BridgePointFact | null;
  readonly questions: ReadonlyMap<string, HallQuestionFact>;
  /** In the true order of the server's log. */
  readonly hands: readonly HandFact[];
  readonly attendees: ReadonlyMap<string, AttendeeFact>;
  readonly readiness: ReadinessFact | null;
  readonly line: LineFact | null;
  /** With the desk, in order. */
  readonly lineMessages: readonly LineMessageFact[];
  readonly equipment: EquipmentFact | null;
}

interface PersonBoard {
  readonly person: PersonFact | null;
  readonly questions: ReadonlyMap<string, OwnQuestionFact>;
  readonly hand: HandFact | null;
  /** The questions of others that this person stands behind. */
  readonly supports: ReadonlyMap<string, SupportFact>;
}

/** The boards' reactive maps, and how pages read them. */
export function createBoards() {
  const maps = createBoardMaps(newMap);
  const { everyone, desk, host, bridgePoint: hall, hall: peers, screen, person } = maps;
  return {
    maps,
    dialogue: computed(() => first(everyone.dialogue)),
    stage: computed(() => first(everyone.stage)),
    captions: computed<readonly CaptionFact[]>(() => inTimeOf(everyone.caption)),
    desk: reactive({
      questions: desk.question,
      bridgePoints: desk.bridgePoint,
      turns: desk.turn,
      captions: computed(() => inTimeOf(desk.caption)),
      transcript: computed(() => first(desk.transcript)),
      vocabulary: computed(() => first(desk.vocabulary)),
      members: desk.member,
      counts: computed(() => first(desk.counts)),
      order: computed(() => inOrder(desk.place.values())),
      notes: desk.note,
      hands: computed(() => byPosition(desk.hand)),
      readiness: desk.readiness,
      lines: desk.line,
      lineMessages: desk.lineMessage,
      equipment: desk.equipment,
      decks: desk.deck,
    }) as DeskBoard,
    host: reactive({
      questions: host.question,
      turns: host.turn,
      counts: computed(() => first(host.counts)),
      hands: computed(() => byPosition(host.hand)),
      decks: host.deck,
      transcript: computed(() => first(host.transcript)),
    }) as HostBoard,
    hall: reactive({
      bridgePoint: computed(() => first(hall.bridgePoint)),
      questions: hall.question,
      hands: computed(() => byPosition(hall.hand)),
      attendees: hall.attendee,
      readiness: computed(() => first(hall.readiness)),
      line: computed(() => first(hall.line)),
      lineMessages: computed(() => byPosition(hall.lineMessage)),
      equipment: computed(() => first(hall.equipment)),
    }) as HallBoard,
    /** Questions of the people in one's own hall, once they were sent on. */
    peers: peers.question as ReadonlyMap<string, PeerQuestionFact>,
    /** The hall whose projector this page is. */
    screenHall: computed(() => first(screen.hall)),
    person: reactive({
      person: computed(() => first(person.person)),
      questions: person.question,
      hand: computed(() => first(person.hand)),
      supports: person.support,
    }) as PersonBoard,
  };
}
