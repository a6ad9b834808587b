import { personAudience } from '@nhip-cau/shared/model/audience';
import { inLog } from '../kernel/reduce.ts';
import type { Projector } from '../kernel/project.ts';

export const projectMember: Projector<'member'> = (member) => [
  { audience: 'desk', collection: 'member', id: member.id, value: member },
];

export const projectPerson: Projector<'person'> = ({ id, name, bridgePointId }, state) => {
  const bridgePoint = inLog(state.bridgePoints.get(bridgePointId), bridgePointId);
  return [
    {
      audience: personAudience(id),
      collection: 'person',
      id,
      value: { id, name, bridgePointId, bridgePointName: bridgePoint.name },
    },
  ];
};
