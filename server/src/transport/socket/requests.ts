import { type ErrorCode, errorCodes, type ProtocolError } from '@nhip-cau/shared/protocol/errors';
import type { z } from 'zod';
import { Refusal } from '../../dialogue/kernel/refusal.ts';

/**
 * Reads what a client sent by its schema. Throws `invalid`, naming the places that are wrong but
 * repeating nothing of what was sent.
 */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Refusal('invalid', {
    issues: result.error.issues.slice(0, 10).map((issue) => ({
      path: issue.path.join('.'),
      code: issue.code,
      // The names of unknown fields are the sender's own words: shortened.
      ...(issue.code === 'unrecognized_keys'
        ? { keys: issue.keys.slice(0, 5).map((key) => key.slice(0, 40)) }
        : {}),
    })),
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
