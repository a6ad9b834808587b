/** How alike two courses of loudness are, -1 … 1; 0 where one of them does not move. */
export function likeness(a: readonly number[], b: readonly number[]): number {
  const length = Math.min(a.length, b.length);
  if (length < 2) return 0;
  const mean = (values: readonly number[]) =>
    values.slice(0, length).reduce((sum, value) => sum + value, 0) / length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [both, ofA, ofB] = [0, 0, 0];
  for (let at = 0; at < length; at += 1) {
    const [da, db] = [a[at]! - meanA, b[at]! - meanB];
    both += da * db;
    ofA += da * da;
    ofB += db * db;
  }
  // Less than a decibel of movement is the noise of the meter.
  return ofA < length || ofB < length ? 0 : both / Math.sqrt(ofA * ofB);
}

/** Readings a second of both courses. */
export const echoReadingsPerSecond = 15;
/** Sound needs up to half a second from a loudspeaker's buffer to the microphone's. */
const mostLag = 8;
const leastReadings = 4 * echoReadingsPerSecond;
const echoLikeness = 0.75;

/**
 * Whether a microphone hears what the loudspeakers play: its loudness follows theirs a little
 * later. Both in dBFS, oldest first, at the same times.
 */
export function hearsItself(played: readonly number[], heard: readonly number[]): boolean {
  if (Math.min(played.length, heard.length) < leastReadings) return false;
  for (let lag = 0; lag <= mostLag; lag += 1) {
    if (likeness(played.slice(0, played.length - lag), heard.slice(lag)) >= echoLikeness) {
      return true;
    }
  }
  return false;
}
