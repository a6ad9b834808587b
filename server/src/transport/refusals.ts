import { type ErrorCode, errorCodes, type ProtocolError } from '@nhip-cau/shared/protocol/errors';
import type { z } from 'zod';
import { Refusal } from '../dialogue/kernel/refusal.ts';

/** Reads what a client sent by its schema. Throws `invalid`. */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw invalid(result.error);
}

/** `invalid`, naming the first places that are wrong but repeating nothing of what was sent. */
export function invalid({ issues }: z.ZodError): Refusal {
  return new Refusal('invalid', {
    issues: issues.slice(0, 20).map(({ path, code }) => ({ path: path.join('.'), code })),
  });
}

/**
 * The refusal that an error is to its client; `null` for one that nobody foresaw, which is
 * answered as `internal` and belongs in the log.
 */
export function refusalOf(error: unknown): ProtocolError | null {
  if (error instanceof Refusal) return error.toProtocol();
  if (error instanceof Error && 'code' in error && isErrorCode(error.code)) {
    return { code: error.code };
  }
  return null;
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(errorCodes, code);
}
