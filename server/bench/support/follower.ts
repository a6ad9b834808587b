import type { Delivery } from '@nhip-cau/shared/protocol/facts';
import type { SyncAnswer } from '@nhip-cau/shared/protocol/socket';
import { ConnectionLost, LightClient, type LightClientOptions } from '../../load/light-client.ts';
import { type BoardStates, emptyBoard, gap } from './board-states.ts';

const everyone = 'everyone';
const deliveryHead = Buffer.from('42["delivery",');

/**
 * A page that keeps everybody's board over as many connections as it takes, and asks for what it
 * missed: the rules of the pages' own replica, with the board's content kept once for all.
 */
export class Follower {
  board = emptyBoard;
  private readonly options: LightClientOptions;
  private readonly states: BoardStates;
  private client: LightClient | null = null;
  private waiting: Buffer[] | null = null;

  constructor(options: LightClientOptions, states: BoardStates) {
    this.options = options;
    this.states = states;
  }

  /** Connects and is current when it resolves. Rejects with what the connection says. */
  async connect(): Promise<void> {
    this.client = await LightClient.connect(this.options);
    this.client.onFrame = (frame) => this.take(frame);
    await this.sync();
  }

  destroy(): void {
    this.client?.destroy();
    this.client = null;
    this.waiting = null;
  }

  private async sync(): Promise<void> {
    for (;;) {
      this.waiting = [];
      const cursor = this.states.seqOf(this.board);
      const answer = await this.client!.sync(cursor < 0 ? {} : { [everyone]: cursor });
      if (!answer.ok) throw new ConnectionLost(answer.error.code);
      this.takeAnswer(answer);
      const waiting = this.waiting;
      this.waiting = null;
      if (waiting.every((frame) => this.apply(frame))) return;
    }
  }

  private take(frame: Buffer): boolean {
    if (frame.compare(deliveryHead, 0, deliveryHead.length, 0, deliveryHead.length) !== 0) {
      return false;
    }
    if (this.waiting) this.waiting.push(Buffer.from(frame));
    else if (!this.apply(frame)) void this.sync().catch(() => this.client?.destroy());
    return true;
  }

  /** Whether it joined on. */
  private apply(frame: Buffer): boolean {
    const text = frame.toString('utf8', 2);
    // Deliveries to this person alone are no part of everybody's board.
    if (!text.includes(`"audience":"${everyone}"`)) return true;
    const after = this.states.after(this.board, text, () => {
      const [, delivery] = JSON.parse(text) as [string, Delivery];
      return delivery;
    });
    if (after === gap) return false;
    this.board = after;
    return true;
  }

  private takeAnswer(answer: SyncAnswer & { ok: true }): void {
    const part = answer.audiences.find(({ audience }) => audience === everyone);
    if (!part) throw new ConnectionLost('not let in to everybody’s board');
    const { seq, full, puts } = part;
    this.board = this.states.after(this.board, JSON.stringify(part), () => ({ seq, full, puts }));
  }
}
