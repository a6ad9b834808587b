import { errorCodes, type ProtocolError } from '@nhip-cau/shared/protocol/errors';
import type { Response } from 'express';
import { z } from 'zod';
import * as refusals from '../refusals.ts';

/** What body parsers and the router call their errors. */
const frameworkErrors: Record<string, ProtocolError['code']> = {
  'entity.too.large': 'too_large',
  'entity.parse.failed': 'invalid',
  'request.size.invalid': 'invalid',
  'request.aborted': 'invalid',
  'encoding.unsupported': 'unsupported_type',
  'charset.unsupported': 'unsupported_type',
};

/** The refusal that an error means, or `null` when nobody foresaw it. */
export function refusalOf(error: unknown): ProtocolError | null {
  const refusal = refusals.refusalOf(error instanceof z.ZodError ? refusals.invalid(error) : error);
  if (refusal) return refusal;
  if (error instanceof URIError) return { code: 'invalid' };
  const type = (error as { type?: unknown } | null)?.type;
  const code = typeof type === 'string' ? frameworkErrors[type] : undefined;
  return code === undefined ? null : { code };
}

export function sendError(response: Response, error: ProtocolError): void {
  const retryAfterMs = error.details?.['retryAfterMs'];
  if (typeof retryAfterMs === 'number') {
    response.set('Retry-After', String(Math.ceil(retryAfterMs / 1_000)));
  }
  response.status(errorCodes[error.code].status).json({ error });
}
