import { MediaError } from '../media-error.ts';
import type { MediaService } from '../media-service.ts';
import { SdpError } from './offer.ts';
import { OutsideSessions } from './sessions.ts';

/** What stands in the way of a request from outside, in one line for whoever set the device up. */
export interface Objection {
  code: 'malformed' | 'unusable' | 'forbidden';
  message: string;
}

/** The sessions from outside, and what their errors mean. */
export class OutsideDoor extends OutsideSessions {
  objection(error: unknown): Objection | null {
    if (error instanceof SdpError) return { code: error.code, message: error.message };
    if (!(error instanceof MediaError)) return null;
    if (error.code === 'media.not_allowed') return { code: 'forbidden', message: 'not allowed' };
    return { code: 'unusable', message: error.code };
  }
}

export const createOutsideDoor = (media: MediaService) => new OutsideDoor(media);
