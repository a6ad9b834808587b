import type { TurnFact } from '@nhip-cau/shared/protocol/facts';
import { inLog } from '../kernel/reduce.ts';
import type { Projector } from '../kernel/project.ts';
import { deskSpeaker } from './speaker.ts';

export const projectTurn: Projector<'turn'> = (turn, state) => {
  const { name } = inLog(state.bridgePoints.get(turn.bridgePointId), turn.bridgePointId);
  const { id } = turn;
  const value: TurnFact = { ...turn, bridgePointName: name, speaker: deskSpeaker(state, turn) };
  return [
    { audience: 'desk', collection: 'turn', id, value },
    { audience: 'host', collection: 'turn', id, value },
  ];
};
