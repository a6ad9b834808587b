import { bridgePointAudience } from '@nhip-cau/shared/model/audience';
import type { Projector } from '../kernel/project.ts';

export const projectReadiness: Projector<'readiness'> = (readiness) => {
  const { id } = readiness;
  return [
    { audience: 'desk', collection: 'readiness', id, value: readiness },
    { audience: bridgePointAudience(id), collection: 'readiness', id, value: readiness },
  ];
};
