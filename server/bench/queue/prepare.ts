import { randomUUID } from 'node:crypto';
import { LightClient } from '../../load/light-client.ts';
import type { SeededDialogue } from '../../load/seed.ts';
import { questionText } from '../support/questions.ts';

/** Questions that one command brings or accepts: the light client's frames have 64 KiB. */
const atOnce = 100;

export interface Prepared {
  /** Accepted: in the queue. */
  queued: string[];
  /** Forwarded, and not yet looked at. */
  incoming: string[];
}

/** Brings in so many questions, two thirds of which are in the queue; the rest waits before it. */
export async function prepareQueue(
  url: string,
  { dialogueId, secretaries, halls }: SeededDialogue,
  questions: number,
): Promise<Prepared> {
  const secretary = await LightClient.connect({ url, dialogueId, ...secretaries[0]! });
  const must = async (...command: Parameters<LightClient['send']>) => {
    const outcome = await secretary.send(...command);
    if (!outcome.ok) throw new Error(`${command[0]}: ${JSON.stringify(outcome.error)}`);
  };
  const fields = ['Đất đai', 'Môi trường', 'Giao thông', 'Y tế', 'Giáo dục'];
  const ids = Array.from({ length: questions }, () => randomUUID());
  const queued = ids.slice(0, Math.round((questions * 2) / 3));
  for (let first = 0; first < questions; first += atOnce) {
    await must('question.import', {
      questions: ids.slice(first, first + atOnce).map((questionId, index) => ({
        questionId,
        bridgePointId: halls[(first + index * 7) % halls.length]!.bridgePointId,
        text: questionText(first + index),
        field: fields[index % fields.length]!,
        asker: `Công dân ${first + index}`,
        nameVisibility: 'public',
      })),
    });
  }
  for (let first = 0; first < queued.length; first += atOnce) {
    const questionIds = queued.slice(first, first + atOnce);
    await must('question.bulk', { questionIds, action: { name: 'accept' } });
  }
  secretary.close();
  return { queued, incoming: ids.slice(queued.length) };
}
