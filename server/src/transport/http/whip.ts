import type { Router } from 'express';
import { type OutsideDoor, type OutsideOptions, outsideRoutes } from './outside.ts';

/** Encoders that publish a bridge point by WHIP (RFC 9725). Their action is `media.publish`. */
export function whipRoutes(door: OutsideDoor, options: OutsideOptions): Router {
  return outsideRoutes(
    {
      path: '/whip',
      deviceRole: 'encoder',
      action: 'media.publish',
      door,
      requireOpen: () => {},
    },
    options,
  );
}
