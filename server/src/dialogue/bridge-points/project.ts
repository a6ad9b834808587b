import { bridgePointAudience } from '@nhip-cau/shared/model/audience';
import type { Projector } from '../kernel/project.ts';

export const projectBridgePoint: Projector<'bridgePoint'> = (bridgePoint) => [
  { audience: 'desk', collection: 'bridgePoint', id: bridgePoint.id, value: bridgePoint },
  {
    audience: bridgePointAudience(bridgePoint.id),
    collection: 'bridgePoint',
    id: bridgePoint.id,
    value: bridgePoint,
  },
];
