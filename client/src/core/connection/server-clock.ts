/** The server's time, estimated from the answers that carry it. */
export class ServerClock {
  private offsetMs = 0;
  private readonly local: () => number;

  constructor(local: () => number = Date.now) {
    this.local = local;
  }

  /** Takes the server's epoch ms from an answer to what was asked at `askedAt` (local epoch ms). */
  set(serverNow: number, askedAt: number): void {
    this.offsetMs = serverNow - (askedAt + this.local()) / 2;
  }

  /** Epoch ms. */
  now(): number {
    return Math.round(this.local() + this.offsetMs);
  }
}
