import type { PageHealth } from '@nhip-cau/shared/model/health';

/** One hall in so many is on a poor line: its figures swing, and packets are lost. */
const poorOneIn = 5;
/** How likely a hall is in trouble at its next look, and out of it again: alarms come and go. */
const troubleBegins = 0.005;
const troubleEnds = 0.1;

const troubles = [
  { picture: 'black' },
  { picture: 'frozen' },
  { sound: 'silent' },
  { echo: true },
  { upLossPercent: 14 },
] as const satisfies readonly Partial<PageHealth>[];

/** What one hall's page measures, look by look: a line that wanders, and troubles now and then. */
export class HallLine {
  private readonly random: () => number;
  private readonly isPoor: boolean;
  private readonly usualKbps: number;
  private trouble: Partial<PageHealth> | null = null;

  constructor(random: () => number, place: number) {
    this.random = random;
    this.isPoor = place % poorOneIn === 0;
    this.usualKbps = this.isPoor ? 700 : 2_000 + 2_000 * random();
  }

  /** What is measured at the next look. */
  look(): PageHealth {
    if (this.trouble !== null) {
      if (this.random() < troubleEnds) this.trouble = null;
    } else if (this.random() < troubleBegins) {
      this.trouble = troubles[Math.floor(this.random() * troubles.length)]!;
    }
    const swing = this.isPoor ? 0.6 : 0.1;
    const upKbps = Math.round(this.usualKbps * (1 + swing * (this.random() - 0.5)));
    const lossPercent = () => Math.round(this.isPoor ? 4 * this.random() : this.random());
    return {
      picture: 'ok',
      sound: 'ok',
      echo: false,
      levelDbfs: Math.round(-24 + 6 * this.random()),
      upKbps,
      downKbps: Math.round(upKbps * 1.5),
      upLossPercent: lossPercent(),
      downLossPercent: lossPercent(),
      rttMs: Math.round(this.isPoor ? 90 + 50 * this.random() : 25 + 10 * this.random()),
      freezes: 0,
      clockOffsetMs: 0,
      ...this.trouble,
    };
  }
}
