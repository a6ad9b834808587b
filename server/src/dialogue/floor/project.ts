import { inLog } from '../kernel/reduce.ts';
import type { Projector } from '../kernel/project.ts';

export const projectTurn: Projector<'turn'> = (turn, state) => {
  const { name } = inLog(state.bridgePoints.get(turn.bridgePointId), turn.bridgePointId);
  return [
    {
      audience: 'desk',
      collection: 'turn',
      id: turn.id,
      value: { ...turn, bridgePointName: name },
    },
  ];
};
