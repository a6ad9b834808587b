import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { LightClient } from '../../load/light-client.ts';
import type { SeededDialogue } from '../../load/seed.ts';
import { sharedNow } from '../support/clock.ts';
import { type Contender, sendCaptions } from './measure.ts';

const askers = 5;
const everyMs = 200;

/** While captions go out at the rate, hall moderators raise and lower hands: how long each took. */
export async function answerTimes(
  contender: Contender,
  { halls, dialogueId }: SeededDialogue,
  url: string,
  rate: number,
  seconds: number,
): Promise<number[]> {
  const times: number[] = [];
  let isOver = false;
  const ask = async ({ moderator, bridgePointId }: SeededDialogue['halls'][number]) => {
    const client = await LightClient.connect({ url, ...moderator, dialogueId });
    while (!isOver) {
      const handId = randomUUID();
      for (const step of ['raise', 'lower'] as const) {
        const begun = sharedNow();
        const outcome = await (step === 'raise'
          ? client.send('hand.raise', { handId, bridgePointId, seatedName: null })
          : client.send('hand.lower', { handId }));
        if (!outcome.ok) throw new Error(`hand.${step}: ${outcome.error.code}`);
        times.push(sharedNow() - begun);
        await delay(everyMs);
      }
    }
    client.close();
  };
  const asking = Promise.all(halls.slice(0, askers).map(ask));
  await sendCaptions(contender, rate, Math.round(rate * seconds));
  isOver = true;
  await asking;
  return times;
}
