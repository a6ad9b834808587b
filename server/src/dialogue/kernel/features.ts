import type { CommandName } from '@nhip-cau/shared/protocol/commands';
import { attendanceHandlers } from '../attendance/decide.ts';
import { projectAttendee } from '../attendance/project.ts';
import { attendanceReducers } from '../attendance/reduce.ts';
import { bridgePointHandlers } from '../bridge-points/decide.ts';
import { projectBridgePoint } from '../bridge-points/project.ts';
import { bridgePointReducers } from '../bridge-points/reduce.ts';
import { equipmentHandlers } from '../equipment/decide.ts';
import { projectEquipment } from '../equipment/project.ts';
import { equipmentReducers } from '../equipment/reduce.ts';
import { floorHandlers } from '../floor/decide.ts';
import { projectTurn } from '../floor/project.ts';
import { floorReducers } from '../floor/reduce.ts';
import { handHandlers } from '../hands/decide.ts';
import { projectHand } from '../hands/project.ts';
import { handReducers } from '../hands/reduce.ts';
import { lineHandlers } from '../lines/decide.ts';
import { projectLine, projectLineMessage } from '../lines/project.ts';
import { lineReducers } from '../lines/reduce.ts';
import { peopleHandlers } from '../people/decide.ts';
import { projectMember, projectPerson } from '../people/project.ts';
import { peopleReducers } from '../people/reduce.ts';
import { presentationHandlers } from '../presentation/decide.ts';
import { projectDeck } from '../presentation/project.ts';
import { presentationReducers } from '../presentation/reduce.ts';
import { bulkHandlers } from '../questions/bulk.ts';
import { questionHandlers } from '../questions/decide.ts';
import { deskHandlers } from '../questions/desk.ts';
import { intakeHandlers } from '../questions/intake.ts';
import { mergeHandlers } from '../questions/merge.ts';
import { projectNote, projectQuestion, projectSupport } from '../questions/project.ts';
import { questionReducers } from '../questions/reduce.ts';
import { supportHandlers } from '../questions/support.ts';
import { followTrail } from '../questions/trail.ts';
import { rehearsalHandlers } from '../rehearsal/decide.ts';
import { projectReadiness } from '../rehearsal/project.ts';
import { rehearsalReducers } from '../rehearsal/reduce.ts';
import { recordingHandlers } from '../recording/decide.ts';
import { recordingReducers } from '../recording/reduce.ts';
import { sessionHandlers } from '../session/decide.ts';
import { projectDialogue } from '../session/project.ts';
import { sessionReducers } from '../session/reduce.ts';
import { certificationHandlers } from '../transcript/certify.ts';
import { transcriptHandlers } from '../transcript/decide.ts';
import { projectTranscript, projectTranscriptLine } from '../transcript/project.ts';
import { transcriptReducers } from '../transcript/reduce.ts';
import { followLineTrail } from '../transcript/trail.ts';
import type { EntryType, LogEntry, Reducers } from './entries.ts';
import type { Handler, Handlers } from './handler.ts';
import type { Projector, View } from './project.ts';
import type { DialogueState, Kind } from './state.ts';

/** Every feature's commands; a command without a handler does not compile. */
export const handlers: Handlers<CommandName> = {
  ...sessionHandlers,
  ...peopleHandlers,
  ...bridgePointHandlers,
  ...intakeHandlers,
  ...questionHandlers,
  ...mergeHandlers,
  ...bulkHandlers,
  ...deskHandlers,
  ...supportHandlers,
  ...handHandlers,
  ...floorHandlers,
  ...transcriptHandlers,
  ...certificationHandlers,
  ...attendanceHandlers,
  ...recordingHandlers,
  ...rehearsalHandlers,
  ...lineHandlers,
  ...equipmentHandlers,
  ...presentationHandlers,
};

const reducers: Reducers<EntryType> = {
  ...sessionReducers,
  ...peopleReducers,
  ...bridgePointReducers,
  ...questionReducers,
  ...handReducers,
  ...floorReducers,
  ...transcriptReducers,
  ...attendanceReducers,
  ...recordingReducers,
  ...rehearsalReducers,
  ...lineReducers,
  ...equipmentReducers,
  ...presentationReducers,
};

const projectors: { [K in Kind]: Projector<K> } = {
  dialogue: projectDialogue,
  bridgePoint: projectBridgePoint,
  member: projectMember,
  person: projectPerson,
  question: projectQuestion,
  note: projectNote,
  support: projectSupport,
  attendee: projectAttendee,
  hand: projectHand,
  turn: projectTurn,
  transcript: projectTranscript,
  transcriptLine: projectTranscriptLine,
  readiness: projectReadiness,
  line: projectLine,
  lineMessage: projectLineMessage,
  equipment: projectEquipment,
  deck: projectDeck,
};

/** The handler of a command, for code that holds any command. */
export function handlerOf<Name extends CommandName>(name: Name): Handler<Name> {
  return handlers[name];
}

/** Folds one entry into the state. */
export function applyEntry(state: DialogueState, entry: LogEntry): void {
  reduce(state, entry);
  followTrail(state, entry);
  followLineTrail(state, entry);
  state.seq = entry.seq;
  state.hash = entry.hash;
}

function reduce<T extends EntryType>(state: DialogueState, entry: LogEntry<T>): void {
  const reducer = reducers[entry.type] as (state: DialogueState, entry: LogEntry<T>) => void;
  reducer(state, entry);
}

/** What each audience may see of one row now. */
export function viewsOf<K extends Kind>(state: DialogueState, kind: K, id: string): View[] {
  const row = state.row(kind, id);
  if (row === undefined) {
    return kind === 'member' ? [{ audience: 'desk', collection: 'member', id, value: null }] : [];
  }
  return projectors[kind](row, state);
}
