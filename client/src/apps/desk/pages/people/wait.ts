import type { ApiError } from '../../../../core/http.ts';

/**
 * Until when (epoch ms) a refusal asks one to wait, heard at `heardAt`; `null` when it does not.
 * A locked account tells the time, a limit on requests how long.
 */
export function waitOf(
  { code, details }: Pick<ApiError, 'code' | 'details'>,
  heardAt: number,
): number | null {
  const until = details?.['until'];
  if (code === 'locked_out' && typeof until === 'number') return until;
  const retryAfterMs = details?.['retryAfterMs'];
  if (code === 'rate_limited' && typeof retryAfterMs === 'number') return heardAt + retryAfterMs;
  return null;
}
