const hourMs = 3_600_000;
/** As many addresses as a large city has; about 10 MB when all are taken. */
const maxSenders = 50_000;

/** Counts the bytes of each sender by the hour, in the memory of this node. */
export class HourlyBytes {
  /** In the order they were begun, which is the order they end. */
  private readonly counts = new Map<string, { bytes: number; endsAt: number }>();

  /** How long that sender has to wait, in ms, once `most` were counted; `0`: not at all. */
  waitOf(sender: string, most: number, now: number): number {
    const count = this.counts.get(sender);
    if (count === undefined || count.endsAt <= now || count.bytes < most) return 0;
    return count.endsAt - now;
  }

  add(sender: string, bytes: number, now: number): void {
    for (const [oldest, { endsAt }] of this.counts) {
      if (endsAt > now) break;
      this.counts.delete(oldest);
    }
    const count = this.counts.get(sender);
    if (count !== undefined) {
      count.bytes += bytes;
      return;
    }
    if (this.counts.size >= maxSenders) this.counts.delete(this.counts.keys().next().value!);
    this.counts.set(sender, { bytes, endsAt: now + hourMs });
  }
}
