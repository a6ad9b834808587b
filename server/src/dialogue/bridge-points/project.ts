import { bridgePointAudience, screenAudience } from '@nhip-cau/shared/model/audience';
import type { Projector } from '../kernel/project.ts';

export const projectBridgePoint: Projector<'bridgePoint'> = (bridgePoint, state) => {
  const hands = state.raisedByHall.get(bridgePoint.id)?.size ?? 0;
  const value = { ...bridgePoint, hands };
  return [
    { audience: 'desk', collection: 'bridgePoint', id: bridgePoint.id, value },
    {
      audience: bridgePointAudience(bridgePoint.id),
      collection: 'bridgePoint',
      id: bridgePoint.id,
      value,
    },
    {
      audience: screenAudience(bridgePoint.id),
      collection: 'hall',
      id: bridgePoint.id,
      value: {
        id: bridgePoint.id,
        name: bridgePoint.name,
        district: bridgePoint.district,
        joinCode: bridgePoint.joinCode,
      },
    },
  ];
};
