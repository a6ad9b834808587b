import type { AccountBody } from '@nhip-cau/shared/protocol/http';

export type AccountState = 'disabled' | 'locked' | 'newPassword' | 'active';

/** What to know of an account at a glance, at `now` (epoch ms). */
export function accountState(account: AccountBody, now: number): AccountState {
  if (account.disabled) return 'disabled';
  if (account.lockedUntil !== null && account.lockedUntil > now) return 'locked';
  return account.mustChangePassword ? 'newPassword' : 'active';
}
