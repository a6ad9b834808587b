import { bridgePointAudience, screenAudience } from '@nhip-cau/shared/model/audience';
import type { Projector } from '../kernel/project.ts';

export const projectBridgePoint: Projector<'bridgePoint'> = (bridgePoint) => [
  { audience: 'desk', collection: 'bridgePoint', id: bridgePoint.id, value: bridgePoint },
  {
    audience: bridgePointAudience(bridgePoint.id),
    collection: 'bridgePoint',
    id: bridgePoint.id,
    value: bridgePoint,
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
