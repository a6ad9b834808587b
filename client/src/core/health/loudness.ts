import type { SoundState } from '@nhip-cau/shared/model/health';

/** Over how long the loudest counts, in ms. */
const windowMs = 30_000;
/** Silence of that length is no pause between two sentences, in ms. */
const silenceMs = 12_000;
/** The noise of the quietest room is above this, dBFS: below it a plug is out or a switch is off. */
const deadDbfs = -78;

/** The course of a microphone's loudness. */
export class Loudness {
  private readings: { at: number; levelDbfs: number }[] = [];
  private since: number | null = null;

  /** `levelDbfs` is `null` while there is no microphone; `now` in ms. */
  take(levelDbfs: number | null, now: number): void {
    if (levelDbfs === null) {
      this.readings = [];
      this.since = null;
      return;
    }
    this.since ??= now;
    const last = this.readings.at(-1);
    // One reading a second is enough to find the loudest.
    if (last && now - last.at < 1_000) last.levelDbfs = Math.max(last.levelDbfs, levelDbfs);
    else this.readings.push({ at: now, levelDbfs });
    while (this.readings[0] && this.readings[0].at < now - windowMs) this.readings.shift();
  }

  state(now: number): { sound: SoundState; levelDbfs: number | null } {
    if (this.since === null) return { sound: 'off', levelDbfs: null };
    const loudest = (since: number) =>
      this.readings
        .filter(({ at }) => at >= since)
        .reduce((most, { levelDbfs }) => Math.max(most, levelDbfs), -100);
    const isLong = now - this.since >= silenceMs;
    const isDead = isLong && loudest(now - silenceMs) < deadDbfs;
    const levelDbfs = Math.round(Math.min(0, loudest(now - windowMs)));
    return { sound: isDead ? 'silent' : 'ok', levelDbfs };
  }
}
