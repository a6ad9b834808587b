import { z } from 'zod';
import { deviceKey } from './health.ts';
import { id } from './scalars.ts';

export const equipmentCommands = {
  /**
   * Has a hall's computer go over to another of its devices, which it does where they are open, or
   * closes its microphone. A muted microphone stays closed, also on air, until it is unmuted.
   */
  'equipment.ask': z
    .strictObject({
      bridgePointId: id,
      camera: deviceKey.optional(),
      microphone: deviceKey.optional(),
      muted: z.boolean().optional(),
    })
    .refine(
      ({ camera, microphone, muted }) =>
        [camera, microphone, muted].some((asked) => asked !== undefined),
      { error: 'nothing is asked' },
    ),
};
