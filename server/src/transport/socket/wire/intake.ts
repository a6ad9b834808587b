/** Two commits of the largest kind: one is written while the other gathers. */
const mostUnderWay = 2_000;

interface Waiting {
  text: string;
  read: (text: string) => void;
}

/** Whether a text of Socket.IO is a command that awaits its answer. */
export const isCommand = (text: unknown): text is string =>
  typeof text === 'string' && commandText.test(text);

const commandText = /^2\d{1,15}\["command"/;

/**
 * How a dialogue's commands come in. When thousands ask at the same moment, most of them wait as the
 * text that came and are read when it is their turn: what is read long before would be moved about
 * by every collection of garbage, and reading goes well with waiting for the database. Whoever came
 * first is read first.
 */
export class Intake {
  private readonly most: number;
  private underWay = 0;
  private arrived: Waiting[] = [];
  /** Those that arrived before, the first one last. */
  private queued: Waiting[] = [];
  private refilling: NodeJS.Immediate | null = null;

  constructor(most = mostUnderWay) {
    this.most = most;
  }

  /** Reads a command now, or when it is its turn. */
  take(text: string, read: Waiting['read']): void {
    if (this.underWay < this.most && this.waiting === 0) read(text);
    else this.arrived.push({ text, read });
  }

  /** A command was read that will be answered. */
  handleRead(): void {
    this.underWay += 1;
  }

  /** It was answered; another one has its turn, behind all answers of this step. */
  handleAnswered(): void {
    this.underWay -= 1;
    if (this.waiting > 0) this.refilling ??= setImmediate(() => this.refill());
  }

  private get waiting(): number {
    return this.arrived.length + this.queued.length;
  }

  private refill(): void {
    this.refilling = null;
    while (this.underWay < this.most) {
      if (this.queued.length === 0) {
        this.queued = this.arrived.reverse();
        this.arrived = [];
      }
      const next = this.queued.pop();
      if (!next) return;
      next.read(next.text);
    }
  }
}
