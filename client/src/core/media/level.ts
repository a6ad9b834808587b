/** Below this a level is not told apart from silence, in dBFS. */
export const silenceDbfs = -100;

/** Root mean square of samples in -1 … 1, in dBFS (0 is a full-scale square wave). */
export function rmsDbfs(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const rms = Math.sqrt(sum / Math.max(samples.length, 1));
  return rms === 0 ? silenceDbfs : Math.max(silenceDbfs, 20 * Math.log10(rms));
}
