/** After `maxFailures` wrong passwords in a row an account is closed for `lockMs`. */
export interface LockOutPolicy {
  maxFailures: number;
  lockMs: number;
}

export interface LockState {
  failures: number;
  lockedUntil: number | null;
}

/**
 * Counts an attempt before its password is looked at, so that many at once cannot all slip through;
 * a right password sets the count back. `null`: locked, the password is not even looked at.
 */
export function countAttempt(
  { failures, lockedUntil }: LockState,
  now: number,
  policy: LockOutPolicy,
): LockState | null {
  if (lockedUntil !== null && lockedUntil > now) return null;
  const counted = (lockedUntil === null ? failures : 0) + 1;
  return {
    failures: counted,
    lockedUntil: counted >= policy.maxFailures ? now + policy.lockMs : null,
  };
}
