import { bridgePointAudience } from '@nhip-cau/shared/model/audience';
import type { Projector } from '../kernel/project.ts';

export const projectEquipment: Projector<'equipment'> = (equipment) => {
  const { id } = equipment;
  return [
    { audience: 'desk', collection: 'equipment', id, value: equipment },
    { audience: bridgePointAudience(id), collection: 'equipment', id, value: equipment },
  ];
};
