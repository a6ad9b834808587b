import { z } from 'zod';
import { typingLength } from '../model/stenography.ts';

/** Language of a track of captions: BCP 47, the language alone. */
export const track = z.string().regex(/^[a-z]{2,3}$/);

/**
 * What a stenographer's or interpreter's page says of itself: the line being typed, and whether it
 * is this page's turn to type. `null`: the page is closed.
 */
export const typingRequest = z
  .strictObject({
    track,
    speaker: z.enum(['turn', 'host']),
    text: z.string().max(typingLength),
    /** Takes the turn from whoever has it. */
    takesTurn: z.boolean().default(false),
  })
  .nullable();

export type TypingRequest = z.input<typeof typingRequest>;
