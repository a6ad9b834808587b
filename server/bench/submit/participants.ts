import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { SeededDialogue, SeededPerson } from '../../load/seed.ts';
import { LightClient } from '../../load/light-client.ts';
import { answerAll } from '../support/helper-process.ts';
import { questionText } from '../support/questions.ts';

/** What the participants are told to do. */
export type Order =
  | { order: 'connect'; url: string; dialogueFile: string }
  /** The first `persons` of them, all at once. */
  | { order: 'submit'; persons: number };

/** What one participant sent and what the server answered; `seq` is `null` when it was refused. */
export interface Submission {
  commandId: string;
  questionId: string;
  personId: string;
  text: string;
  seq: number | null;
}

export interface Submitted {
  seconds: number;
  /** From a question's sending to its answer, in ms. */
  waitedMs: number[];
  /** Deliveries that reached their askers, their own question in them, until the last answer. */
  told: number;
  submissions: Submission[];
}

/** How many connect at once, as long as they are coming. */
const connectingAtOnce = 100;
const timeoutMs = 120_000;

let dialogue: SeededDialogue;
const clients: { person: SeededPerson; client: LightClient }[] = [];
let told = 0;

answerAll((order: Order) => (order.order === 'connect' ? connectAll(order) : submitAll(order)));

/** Everybody connects and is current, as the phone's page does. */
async function connectAll({
  url,
  dialogueFile,
}: Order & { order: 'connect' }): Promise<{ connected: number }> {
  dialogue = JSON.parse(readFileSync(dialogueFile, 'utf8')) as SeededDialogue;
  const { dialogueId, persons } = dialogue;
  const queue = persons.values();
  await Promise.all(
    Array.from({ length: connectingAtOnce }, async () => {
      for (const person of queue) {
        const client = await LightClient.connect({ url, dialogueId, timeoutMs, ...person });
        const synced = await client.sync();
        if (!synced.ok) throw new Error(`sync: ${synced.error.code}`);
        client.onFrame = isDelivery;
        clients.push({ person, client });
      }
    }),
  );
  return { connected: clients.length };
}

const delivery = Buffer.from('42["delivery"');

function isDelivery(frame: Buffer): boolean {
  if (frame.compare(delivery, 0, delivery.length, 0, delivery.length) !== 0) return false;
  told += 1;
  return true;
}

/** Each submits one question as fast as the server takes them; every answer is awaited. */
async function submitAll({ persons }: Order & { order: 'submit' }): Promise<Submitted> {
  const planned = clients.slice(0, persons).map(({ person, client }, index) => ({
    client,
    bridgePointId: person.bridgePointId,
    submission: {
      commandId: randomUUID(),
      questionId: randomUUID(),
      personId: person.personId,
      text: questionText(index),
      seq: null as number | null,
    },
  }));
  told = 0;
  const startedAt = performance.now();
  const waitedMs = await Promise.all(
    planned.map(async ({ client, bridgePointId, submission }) => {
      const { questionId, text, commandId } = submission;
      const sentAt = performance.now();
      const payload = {
        questionId,
        bridgePointId,
        text,
        field: 'Giao thông',
        nameVisibility: 'public',
      } as const;
      const outcome = await client.send('question.ask', payload, commandId);
      if (outcome.ok) submission.seq = outcome.seq;
      return performance.now() - sentAt;
    }),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  return { seconds, waitedMs, told, submissions: planned.map(({ submission }) => submission) };
}
