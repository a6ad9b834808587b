/** What a moderator or a secretary sets right; only what has changed, and why. */
export interface Correction {
  name?: string | null;
  joinedAt?: number | null;
  leftAt?: number | null;
  reason: string;
}

const dayMs = 24 * 3_600_000;
/** The city's clock, whatever the computer's. */
const cityOffsetMs = 7 * 3_600_000;

/** Whether a clock field holds a time of the day, or nothing. */
export function isClock(clock: string): boolean {
  return clock === '' || /^([01]?\d|2[0-3]):[0-5]\d$/.test(clock);
}

/** A clock's `HH:MM` on the city's day of `near`, as epoch ms; `null` when there is none. */
export function timeOn(near: number, clock: string): number | null {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})/.exec(clock) ?? [];
  if (hours === undefined || minutes === undefined) return null;
  const midnight = Math.floor((near + cityOffsetMs) / dayMs) * dayMs - cityOffsetMs;
  return midnight + (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** The moment as a clock field holds it: `08:05`, or nothing. */
export function clockOf(at: number | null): string {
  if (at === null) return '';
  const inDay = (at + cityOffsetMs) % dayMs;
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${two(inDay / 3_600_000)}:${two((inDay / 60_000) % 60)}`;
}

/**
 * The new time after a clock field says `clock`: the old one to the millisecond while it shows the
 * same minute.
 */
export function corrected(before: number | null, clock: string, near: number): number | null {
  return clock === clockOf(before) ? before : timeOn(before ?? near, clock);
}
