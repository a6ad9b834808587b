import type { CaptionSpeaker } from '@nhip-cau/shared/protocol/facts';
import { deskSpeaker, publicSpeaker } from '../floor/speaker.ts';
import { inLog } from '../kernel/reduce.ts';
import type { DialogueState, TranscriptLine, Turn } from '../kernel/state.ts';

/** Who spoke a line, as its reader may know it. */
export function lineSpeaker(
  state: DialogueState,
  { turnId, bridgePointId, speakerName }: TranscriptLine,
  reader: 'desk' | 'public',
): CaptionSpeaker {
  const turn = turnId === null ? null : inLog(state.turns.get(turnId), turnId);
  const hallId = turn?.bridgePointId ?? bridgePointId;
  const central = state.dialogue?.centralBridgePointId;
  if (turn ? turn.kind === 'host' : hallId === null || hallId === central) {
    return { kind: 'host', name: speakerName };
  }
  const { name: bridgePointName } = inLog(state.bridgePoints.get(hallId!), hallId!);
  const of = reader === 'desk' ? deskSpeaker : publicSpeaker;
  const asker = turn && of(state, turn);
  // A name that its owner has not given to everybody does not come out by way of the transcript.
  const name = reader === 'desk' || asker !== null ? speakerName : null;
  return { kind: 'turn', bridgePointName, asker, name };
}

/** Who had the floor when something was said, and what it was about. */
export interface Attribution {
  turnId: string | null;
  questionId: string | null;
}

/**
 * Whose words they were that a hall's microphone heard around `at` (epoch ms): of its turn that was
 * on air then, else of its last one before, else of its next. At the head table nobody but who
 * has a turn there speaks in a turn.
 */
export function attributionOf(
  state: DialogueState,
  bridgePointId: string,
  at: number,
): Attribution {
  const isCentral = bridgePointId === state.dialogue?.centralBridgePointId;
  const last = lastTurn(state, at);
  const questionId = last?.questionId ?? null;
  if (last?.bridgePointId === bridgePointId && isOnAir(last, at)) {
    return { turnId: last.id, questionId };
  }
  if (isCentral) return { turnId: null, questionId };
  const own = (turn: Turn) => turn.bridgePointId === bridgePointId;
  const turn = lastTurn(state, at, own) ?? firstTurn(state, at, own);
  return turn ? { turnId: turn.id, questionId: turn.questionId } : { turnId: null, questionId };
}

/** The question of the turn that was on air at that time, else of the last one before. */
export function questionAt(state: DialogueState, at: number): string | null {
  return lastTurn(state, at)?.questionId ?? null;
}

const isOnAir = ({ endedAt }: Turn, at: number) => endedAt === null || at < endedAt;

function lastTurn(
  { turns }: DialogueState,
  at: number,
  isMeant: (turn: Turn) => boolean = () => true,
): Turn | null {
  let last: Turn | null = null;
  for (const turn of turns.values()) {
    if (turn.calledAt === null || turn.calledAt > at || !isMeant(turn)) continue;
    if (last === null || turn.calledAt >= last.calledAt!) last = turn;
  }
  return last;
}

function firstTurn(
  { turns }: DialogueState,
  at: number,
  isMeant: (turn: Turn) => boolean,
): Turn | null {
  let first: Turn | null = null;
  for (const turn of turns.values()) {
    if (turn.calledAt === null || turn.calledAt <= at || !isMeant(turn)) continue;
    if (first === null || turn.calledAt < first.calledAt!) first = turn;
  }
  return first;
}
