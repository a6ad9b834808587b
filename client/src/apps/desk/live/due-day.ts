const dayMs = 86_400_000;

/** The city's clock: a deadline is a day there, wherever the server or the tablet thinks it is. */
const timeZone = 'Asia/Ho_Chi_Minh';

/** The calendar day that `typed` (day, month, year, as people write it) names; `null` if none. */
export function readDay(typed: string): string | null {
  const match = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*$/.exec(typed);
  if (!match) return null;
  const [day, month, year] = match.slice(1) as [string, string, string];
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const read = new Date(`${iso}T00:00:00Z`);
  // An engine may read the 31st of a short month as the next month's first.
  return !Number.isNaN(read.valueOf()) && read.toISOString().startsWith(iso) ? iso : null;
}

/** Days that a deadline is given by one tap; the first is what is usual. */
export const dueChoices = [15, 7, 30] as const;

/** The calendar day (`YYYY-MM-DD`) `days` after that of `now` (epoch ms). */
export function dueDay(now: number, days: number): string {
  const today = new Intl.DateTimeFormat('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    timeZone,
  }).format(now);
  return new Date(Date.parse(`${today}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}
