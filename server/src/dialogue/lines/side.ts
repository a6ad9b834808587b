import type { LineSide } from '@nhip-cau/shared/model/lines';
import type { Actor } from '../kernel/actor.ts';

/** At which end of a private line somebody is. */
export const sideOf = ({ kind }: Pick<Actor, 'kind'>): LineSide =>
  kind === 'staff' ? 'desk' : 'hall';
