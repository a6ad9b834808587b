/** Vietnam's clock has been UTC+7 all year since 1975. */
const offsetMs = 7 * 3_600_000;

/** An epoch time in ms as a `datetime-local` field shows it, on the city's clock. */
export function toCityInput(epochMs: number): string {
  return new Date(epochMs + offsetMs).toISOString().slice(0, 16);
}

/** Epoch ms of what a `datetime-local` field holds; `null` while it is incomplete. */
export function fromCityInput(value: string): number | null {
  const epochMs = Date.parse(`${value}:00+07:00`);
  return Number.isNaN(epochMs) ? null : epochMs;
}

/** The day of an epoch time in ms, `YYYY-MM-DD`, on the city's clock. */
export function cityDay(epochMs: number): string {
  return toCityInput(epochMs).slice(0, 10);
}
