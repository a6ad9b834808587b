/** What is louder is tone; in units of 16-bit samples. Silence comes back from Opus far below. */
const loud = 2_000;

/** The place of the last sample that is tone; -1 of silence. */
export const lastLoudIn = (pcm: Int16Array): number =>
  pcm.findLastIndex((sample) => Math.abs(sample) >= loud);

export const firstLoudIn = (pcm: Int16Array): number =>
  pcm.findIndex((sample) => Math.abs(sample) >= loud);
