const dayMs = 86_400_000;

/** The city's clock: a deadline is a day there, wherever the server or the tablet thinks it is. */
const timeZone = 'Asia/Ho_Chi_Minh';

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
