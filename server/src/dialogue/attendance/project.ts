import { bridgePointAudience } from '@nhip-cau/shared/model/audience';
import type { Projector } from '../kernel/project.ts';

export const projectAttendee: Projector<'attendee'> = (attendee) => {
  const { id, bridgePointId, name, how, joinedAt, leftAt, removedAt } = attendee;
  const value = removedAt === null ? { id, name, how, joinedAt, leftAt } : null;
  return [{ audience: bridgePointAudience(bridgePointId), collection: 'attendee', id, value }];
};
