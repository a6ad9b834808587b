import { randomUUID } from 'node:crypto';
import type { SyncedAudience } from '@nhip-cau/shared/protocol/socket';
import { LightClient } from '../../load/light-client.ts';
import type { SeededDialogue } from '../../load/seed.ts';
import { captionText } from '../fanout/captions.ts';
import { BoardStates, emptyBoard } from '../support/board-states.ts';

/** A secretary's page: says captions, and knows what everybody should have. */
export class Desk {
  private readonly client: LightClient;

  private constructor(client: LightClient) {
    this.client = client;
  }

  static async open(url: string, { secretaries, dialogueId }: SeededDialogue): Promise<Desk> {
    return new Desk(await LightClient.connect({ url, ...secretaries[0]!, dialogueId }));
  }

  async say(): Promise<void> {
    const line = { lineId: randomUUID(), text: captionText(), speaker: 'host' } as const;
    const outcome = await this.client.send('transcript.add', line);
    if (!outcome.ok) throw new Error(`a caption was refused: ${outcome.error.code}`);
  }

  /** The digest of everybody's board as it is now. */
  async digest(): Promise<string> {
    const { seq, full, puts } = await this.everyone({});
    const states = new BoardStates();
    return states.digestOf(states.after(emptyBoard, '', () => ({ seq, full, puts })));
  }

  /** What a page is answered that missed the newest caption. */
  async answerToOneBehind(): Promise<string> {
    const { seq } = await this.everyone({});
    return JSON.stringify(await this.everyone({ everyone: seq - 1 }));
  }

  private async everyone(cursors: Record<string, number>): Promise<SyncedAudience> {
    const answer = await this.client.sync(cursors);
    if (!answer.ok) throw new Error(answer.error.code);
    return answer.audiences.find(({ audience }) => audience === 'everyone')!;
  }
}
