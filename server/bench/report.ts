/** What a measuring program found: its last line of output, as JSON. */
export interface Report {
  name: string;
  /** Numbers by name; the unit is in the name (`cpuPerDeliveryUs`, `ackP99Ms`). */
  figures: Record<string, number>;
  targets: Record<string, Target>;
}

export interface Target {
  /** What must hold, in words: `<= 1.1`. */
  target: string;
  value: number;
  ok: boolean;
}

/** A figure that must not be above `limit`. One that could not be measured fails. */
export function atMost(value: number, limit: number): Target {
  return { target: `<= ${limit}`, value, ok: Number.isFinite(value) && value <= limit };
}

/** A figure that must not be below `limit`. One that could not be measured fails. */
export function atLeast(value: number, limit: number): Target {
  return { target: `>= ${limit}`, value, ok: Number.isFinite(value) && value >= limit };
}

/** A count that must be exactly this. */
export function exactly(value: number, wanted: number): Target {
  return { target: `= ${wanted}`, value, ok: value === wanted };
}

/** Prints the report's line and says whether every target holds. */
export function printReport({ name, figures, targets }: Report): boolean {
  const ok = Object.values(targets).every((target) => target.ok);
  console.log(JSON.stringify({ name, figures, targets, ok }));
  return ok;
}

/** Prints rows of cells under their heads, numbers to the right. */
export function printTable(heads: readonly string[], rows: readonly (string | number)[][]): void {
  const cells = [heads, ...rows].map((row) => row.map(String));
  const widths = heads.map((_, column) =>
    Math.max(...cells.map((row) => (row[column] ?? '').length)),
  );
  for (const [index, row] of cells.entries()) {
    const padded = row.map((cell, column) => {
      const width = widths[column] ?? 0;
      return typeof rows[index - 1]?.[column] === 'number'
        ? cell.padStart(width)
        : cell.padEnd(width);
    });
    console.log(padded.join('  ').trimEnd());
    if (index === 0) console.log(widths.map((width) => '-'.repeat(width)).join('  '));
  }
}

/** The value below which that share (0 to 1) of the values lies; `NaN` of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  if (sorted.length === 0) return NaN;
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}

/** Half of the values lie below; of an even number, between the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  if (sorted.length === 0) return NaN;
  if (!Number.isInteger(middle)) return sorted[Math.floor(middle)] ?? NaN;
  return ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}
