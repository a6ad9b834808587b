import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { CommandName, CommandPayload } from '@nhip-cau/shared/protocol/commands';
import { errorCodes } from '@nhip-cau/shared/protocol/errors';
import { LightClient } from '../../load/light-client.ts';
import type { SeededDialogue, SeededSession } from '../../load/seed.ts';

const againMs = 200;
const timeoutMs = 5_000;

class CommandRefused extends Error {}

/** One person's page: each command is sent, under one number, until it has its answer. */
class PersistentPage {
  readonly #connect: () => Promise<LightClient>;
  #client: LightClient | null = null;
  #closed = false;

  constructor(url: string, dialogueId: string, session: SeededSession) {
    this.#connect = () => LightClient.connect({ url, dialogueId, timeoutMs, ...session });
  }

  /** Rejects when it is refused for good, or the page is closed. */
  async send<Name extends CommandName>(name: Name, payload: CommandPayload<Name>): Promise<void> {
    const commandId = randomUUID();
    while (!this.#closed) {
      try {
        if (!this.#client?.isOpen) this.#client = await this.#connect();
        const outcome = await this.#client.send(name, payload, commandId);
        if (outcome.ok) return;
        if (!errorCodes[outcome.error.code].retry) {
          throw new CommandRefused(`${name}: ${outcome.error.code}`);
        }
      } catch (error) {
        if (error instanceof CommandRefused) throw error;
        this.#client?.destroy();
      }
      await delay(againMs);
    }
    throw new Error('the page is closed');
  }

  close(): void {
    this.#closed = true;
    this.#client?.close();
  }
}

/** Those who run the stage: a secretary, who fills the queue, and the leader, who calls. */
export class Desk {
  readonly #secretary: PersistentPage;
  readonly #host: PersistentPage;

  constructor(url: string, { dialogueId, secretaries, host }: SeededDialogue) {
    this.#secretary = new PersistentPage(url, dialogueId, secretaries[0]!);
    this.#host = new PersistentPage(url, dialogueId, host);
  }

  /** Puts the hall on air; whoever was there is not any more. */
  async call(bridgePointId: string): Promise<void> {
    const questionId = randomUUID();
    await this.#secretary.send('question.import', {
      questions: [
        {
          questionId,
          bridgePointId,
          text: 'Bao giờ làm đường?',
          field: 'Giao thông',
          asker: 'Công dân',
          nameVisibility: 'public',
        },
      ],
    });
    await this.#secretary.send('question.accept', { questionId });
    await this.#host.send('floor.call', { questionId });
  }

  /** The leader speaks: whatever hall is on air is not any more. */
  async takeBack(): Promise<void> {
    await this.#host.send('floor.hostTurn', {});
  }

  close(): void {
    this.#secretary.close();
    this.#host.close();
  }
}
