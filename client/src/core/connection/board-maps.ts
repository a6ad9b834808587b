import type { BoardMaps } from './replica.ts';

/** Empty boards; `newMap` makes each collection's map, plain or reactive. */
export function createBoardMaps(newMap: <Fact>() => Map<string, Fact>): BoardMaps {
  return {
    everyone: { dialogue: newMap(), stage: newMap(), caption: newMap() },
    desk: {
      question: newMap(),
      bridgePoint: newMap(),
      turn: newMap(),
      caption: newMap(),
      transcript: newMap(),
      vocabulary: newMap(),
      member: newMap(),
      counts: newMap(),
      place: newMap(),
      note: newMap(),
      hand: newMap(),
      readiness: newMap(),
      line: newMap(),
      lineMessage: newMap(),
      equipment: newMap(),
      deck: newMap(),
    },
    host: {
      question: newMap(),
      turn: newMap(),
      counts: newMap(),
      hand: newMap(),
      deck: newMap(),
      transcript: newMap(),
    },
    bridgePoint: {
      bridgePoint: newMap(),
      question: newMap(),
      hand: newMap(),
      attendee: newMap(),
      readiness: newMap(),
      line: newMap(),
      lineMessage: newMap(),
      equipment: newMap(),
    },
    hall: { question: newMap() },
    screen: { hall: newMap() },
    person: { person: newMap(), question: newMap(), hand: newMap(), support: newMap() },
  };
}
