import type { Router } from 'express';
import { type OutsideDoor, type OutsideOptions, OutsideRefusal, outsideRoutes } from './outside.ts';

/** How soon a player may ask again for a dialogue that is not open yet, in s. */
const retrySeconds = 30;

/**
 * Players of a dialogue's programme by WHEP (draft-ietf-wish-whep). Their action is `media.play`.
 * The programme begins when the dialogue is opened; while nobody is on air it is its title.
 */
export function whepRoutes(door: OutsideDoor, options: OutsideOptions): Router {
  return outsideRoutes(
    {
      path: '/whep',
      deviceRole: 'player',
      action: 'media.play',
      door,
      requireOpen({ dialogue }) {
        if (dialogue?.state !== 'draft') return;
        const headers = { 'Retry-After': String(retrySeconds) };
        throw new OutsideRefusal(409, 'the dialogue is not open yet', headers);
      },
    },
    options,
  );
}
