/** Below this level nothing is heard: the meter's left end, in dBFS. */
export const floorDbfs = -60;

export type LevelWord = 'unknown' | 'silent' | 'quiet' | 'normal' | 'loud';

/** How full the meter is, 0 to 1, at a level in dBFS. */
export function levelShare(dbfs: number | null): number {
  if (dbfs === null) return 0;
  return Math.min(1, Math.max(0, 1 - dbfs / floorDbfs));
}

/** The level in one word, for those who do not see the bar; speech should be `normal`. */
export function levelWord(dbfs: number | null): LevelWord {
  if (dbfs === null) return 'unknown';
  if (dbfs <= -50) return 'silent';
  if (dbfs <= -35) return 'quiet';
  return dbfs < -6 ? 'normal' : 'loud';
}
