/** What a hall's computer is checked for before the event, in this order. */
export const checkNames = [
  'camera',
  'picture',
  'microphone',
  'echo',
  'up',
  'down',
  'clock',
] as const;

export type CheckName = (typeof checkNames)[number];

/** `skipped`: a person went on without it. */
export const checkResults = ['ok', 'problem', 'skipped'] as const;

export type CheckResult = (typeof checkResults)[number];

export interface Check {
  result: CheckResult;
  /** What was measured: dBFS for the microphone, kbit/s for the line, ms for the clock. */
  value: number | null;
}

export interface RehearsalReport {
  /** Epoch ms. */
  at: number;
  checks: Record<CheckName, Check>;
}

/** Reports and marks that are kept of each hall, the newest first. */
export const keptReports = 5;

/** What the hall's line must carry each way, kbit/s: its camera's best layer, and two pictures. */
export const neededUpKbps = 1_500;
export const neededDownKbps = 2_000;
/** Quieter speech than this is not understood in another hall, dBFS. */
export const neededLevelDbfs = -45;
/** A clock further off than this writes wrong times on slips and files, ms. */
export const toleratedClockMs = 5_000;

export const rollCallResults = ['ok', 'problem', 'absent'] as const;

export type RollCallResult = (typeof rollCallResults)[number];

/** What an operator found when the hall was called. */
export interface RollCallMark {
  result: RollCallResult;
  note: string | null;
  at: number;
  by: string | null;
}

/** Whether every check of a report passed. */
export function passed({ checks }: RehearsalReport): boolean {
  return checkNames.every((name) => checks[name].result === 'ok');
}
