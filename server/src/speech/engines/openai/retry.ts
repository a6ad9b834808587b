/** What an endpoint answered, and whether the same may go well later. */
export interface Refusal {
  status: number;
  /** The header as it came. */
  retryAfter: string | null;
}

const longestWaitMs = 30_000;
const mostTries = 4;
/** Without an answer every try costs its whole time-out. */
const mostTriesUnanswered = 2;

/**
 * How long to wait before trying the same again, in ms; `null`: not at all. `tries`: how often it
 * was tried; `refusal` is `null` where no answer came; `chance` (0 to 1) spreads those who wait.
 */
export function retryDelay(
  tries: number,
  refusal: Refusal | null,
  { nowMs, chance }: { nowMs: number; chance: number },
): number | null {
  if (tries >= (refusal === null ? mostTriesUnanswered : mostTries)) return null;
  if (refusal !== null && refusal.status !== 429 && refusal.status < 500) return null;
  const asked = refusal?.retryAfter ? toMs(refusal.retryAfter, nowMs) : null;
  // Who asks for more than that is not there: the session ends, and the sound waits on the disk.
  if (asked !== null) return asked > longestWaitMs ? null : asked;
  return 500 * 2 ** (tries - 1) * (0.5 + chance);
}

/** RFC 9110, 10.2.3: seconds, or a date. */
function toMs(header: string, nowMs: number): number | null {
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}
