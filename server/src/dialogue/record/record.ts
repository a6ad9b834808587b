import { elapsedAt } from '@nhip-cau/shared/model/floor';
import { compareText } from '@nhip-cau/shared/model/text';
import { spokenTrack } from '@nhip-cau/shared/model/transcript';
import type {
  RecordBody,
  RecordHall,
  RecordLine,
  RecordQuestion,
  RecordTurn,
} from '@nhip-cau/shared/protocol/http';
import { deskSpeaker, publicSpeaker, takenUp } from '../floor/speaker.ts';
import type { BridgePoint, DialogueState, Question, Turn } from '../kernel/state.ts';
import { publicText } from '../transcript/project.ts';
import { presentLines, type StoredLine } from '../transcript/versions.ts';

/**
 * `desk`: those who work with the questions read names as far as askers gave them, and their own
 * words. `public`: only what may be shown to everybody: questions that the city took up, in the
 * wording that was read out.
 */
export type RecordReader = 'desk' | 'public';

/**
 * The record as `reader` may see it, at `now` (epoch ms; it stops the clock of a turn that still
 * runs). Throws when the dialogue has no entry yet.
 */
export function buildRecord(state: DialogueState, reader: RecordReader, now: number): RecordBody {
  const { dialogue } = state;
  if (dialogue === null) throw new Error('a dialogue without a log has no record');
  const halls = [...state.bridgePoints.values()].sort(byDistrict);
  const questions = [...state.questions.values()]
    .filter((question) => reader === 'desk' || takenUp.includes(question.state))
    .sort((a, b) => a.askedAt - b.askedAt || compareText(a.id, b.id));
  const { id, title, organiser, startsAt, startedAt, endedAt } = dialogue;
  return {
    dialogue: { id, title, organiser, state: dialogue.state, startsAt, startedAt, endedAt },
    seq: state.seq,
    attendance: {
      expected: sum(halls, (hall) => hall.expectedAttendance),
      headcount: sum(halls, (hall) => hall.headcount ?? 0),
      joined: sum(halls, (hall) => hall.joined),
      hallsReported: halls.filter((hall) => hall.headcount !== null).length,
    },
    halls: halls.map(hallOf),
    questions: questions.map((question) => questionOf(state, question, reader)),
    otherQuestions: state.questions.size - questions.length,
    turns: [...state.turns.values()]
      .filter((turn) => turn.calledAt !== null)
      .sort((a, b) => (a.calledAt ?? 0) - (b.calledAt ?? 0))
      .map((turn) => turnOf(state, turn, reader, now)),
    transcript: presentLines(state)
      .filter(({ track }) => track === spokenTrack)
      .map((line) => lineOf(line, reader)),
  };
}

function hallOf(hall: BridgePoint): RecordHall {
  // The join code lets people in: it is no part of what is kept.
  const { joinCode: _, ...shown } = hall;
  return shown;
}

function questionOf(
  state: DialogueState,
  question: Question,
  reader: RecordReader,
): RecordQuestion {
  const hall = state.bridgePoints.get(question.bridgePointId);
  const turn = question.turnId === null ? undefined : state.turns.get(question.turnId);
  return {
    id: question.id,
    bridgePointId: question.bridgePointId,
    bridgePointName: hall?.name ?? '',
    district: hall?.district ?? '',
    channel: question.channel,
    wording: question.wording,
    original: reader === 'desk' ? question.original : null,
    field: question.field,
    state: question.state,
    asker: askerOf(question, reader),
    askedAt: question.askedAt,
    forwardedAt: question.forwardedAt,
    acceptedAt: question.acceptedAt,
    calledAt: turn?.calledAt ?? null,
    endedAt: turn?.endedAt ?? null,
    // Written for the hall and the asker.
    returnReason: reader === 'desk' ? question.returnReason : null,
    returnedBy: reader === 'desk' ? question.returnedBy : null,
    disposition: question.disposition,
    mergedInto: question.mergedInto,
    supporters: question.supporters,
  };
}

function turnOf(state: DialogueState, turn: Turn, reader: RecordReader, now: number): RecordTurn {
  return {
    id: turn.id,
    kind: turn.kind,
    questionId: turn.questionId,
    bridgePointId: turn.bridgePointId,
    bridgePointName: state.bridgePoints.get(turn.bridgePointId)?.name ?? '',
    asker: turnAsker(state, turn, reader),
    state: turn.state,
    preparedAt: turn.preparedAt,
    calledAt: turn.calledAt,
    endedAt: turn.endedAt,
    spokenMs: elapsedAt(turn.clock, now),
    budgetMs: turn.budgetMs,
    endReason: turn.endReason,
  };
}

function lineOf(line: StoredLine, reader: RecordReader): RecordLine {
  const { id, at, endAt, offsetMs, turnId, questionId } = line;
  return {
    id,
    at,
    endAt,
    offsetMs,
    speaker: reader === 'desk' ? line.speaker : line.publicSpeaker,
    turnId,
    questionId,
    text: publicText(line),
  };
}

function turnAsker(state: DialogueState, turn: Turn, reader: RecordReader): string | null {
  return reader === 'desk' ? deskSpeaker(state, turn) : publicSpeaker(state, turn);
}

function askerOf(question: Question, reader: RecordReader): string | null {
  if (question.nameVisibility === 'none') return null;
  return reader === 'desk' || question.nameVisibility === 'public' ? question.asker : null;
}

function byDistrict(a: BridgePoint, b: BridgePoint): number {
  if (a.isCentral !== b.isCentral) return a.isCentral ? -1 : 1;
  return compareText(a.district, b.district) || compareText(a.name, b.name);
}

const sum = (halls: BridgePoint[], of: (hall: BridgePoint) => number) =>
  halls.reduce((total, hall) => total + of(hall), 0);
