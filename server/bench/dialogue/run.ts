/**
 * `npm run bench -- dialogue`: a whole dialogue with media on one machine. A hundred synthetic
 * bridge points, simulated people, and in Chromium the host's page, a hall's screen and a hall's
 * computer, while the floor is handed over all the time.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { readLog } from '../../faults/support/database.ts';
import { findOpenMicrophones, openTimesOf } from '../../faults/media/open-times.ts';
import { troublesOf } from '../../load/media/fleet.ts';
import { hold } from '../../simulator/hold.ts';
import { beginsAt } from '../../simulator/host.ts';
import { numbersOf, progress } from '../support/arguments.ts';
import { buildClient } from '../support/client.ts';
import { handoversOf, pausesOf, stagesOf } from './handovers.ts';
import { type Found, report } from './report.ts';
import { type Sample, takeSample } from './samples.ts';
import { openScene, type Scene } from './scene.ts';

const defaults = {
  bridgePoints: 100,
  participants: 300,
  minutes: 10,
  secretaries: 3,
  processes: 2,
};
export type Options = typeof defaults;

const sampleEveryMs = 10_000;
/** What is under way when a microphone closes, and what a busy machine makes of it. */
const graceMs = 2_000;
/** From this on Chromium calls it a pause that no picture comes, and before it a freeze. */
const chromiumPauseMs = 5_000;
const shown = 20;

export async function run(args: string[]): Promise<boolean> {
  const options = numbersOf(args, defaults);
  const closers: (() => unknown)[] = [];
  try {
    buildClient();
    // The dialogue itself lasts so long: people come in before.
    const lengthMs = (options.minutes * 60_000) / (1 - beginsAt);
    const scene = await openScene({ ...options, lengthMs }, closers);
    return report(await play(scene, options), options);
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

async function play(scene: Scene, { participants }: Options): Promise<Found> {
  const { databaseUrl, fleet, house, pages, server, serverErrors, world } = scene;
  const { centralBridgePointId, dialogueId } = house;
  world.begin();
  const held = new AbortController();
  const holding = hold({
    ...{ url: server.url, house, world, participants, dropsAnHour: 0 },
    say: progress,
  }).finally(() => held.abort());
  await world.until(beginsAt);
  const since = Date.now();
  const samples = await sampleUntil(held.signal, scene);
  const people = await holding;

  const endedAt = Date.now();
  const bridgePoints = await fleet.figures();
  const watched = await pages.watched();
  const log = await readLog(databaseUrl, dialogueId);
  const stages = stagesOf(log, dialogueId);
  const heard = bridgePoints.map(({ bridgePointId, soundSpells }) => {
    return { by: bridgePointId, spells: soundSpells };
  });
  const openMicrophones = findOpenMicrophones(heard, openTimesOf(log, dialogueId), graceMs);
  for (const seat of [house.host, ...house.secretaries, ...people]) seat.close();
  for (const { moderator } of house.halls) moderator.close();
  const errors = [...serverErrors, ...pages.errors];
  for (const line of [...errors, ...openMicrophones].slice(0, shown)) progress(line);
  for (const [trouble, times] of troublesOf(bridgePoints)) progress(`${trouble}: ${times} times`);
  return {
    samples,
    bridgePoints,
    watched,
    openMicrophones: openMicrophones.length,
    serverErrors: serverErrors.length,
    pageErrors: pages.errors.length,
    tally: world.tally,
    seconds: (endedAt - since) / 1_000,
    handovers: handoversOf(stages, centralBridgePointId, { since, until: endedAt }),
    pauses: pausesOf(stages, centralBridgePointId, chromiumPauseMs),
    screenHallId: scene.screenHallId,
    moderatorHallId: house.halls.at(-1)!.id,
    nameOf: new Map(house.halls.map(({ id, name }) => [id, name])),
  };
}

/** Looks at processes and metrics every ten seconds. */
async function sampleUntil(
  signal: AbortSignal,
  { fleet, pages, server }: Scene,
): Promise<Sample[]> {
  const take = () => takeSample(server, pages.pid, () => fleet.usage());
  // The metrics' delays count from the look before.
  const samples: Sample[] = [];
  await take();
  while (!signal.aborted) {
    await delay(sampleEveryMs, undefined, { signal }).catch(() => {});
    if (!signal.aborted) samples.push(await take());
  }
  return samples;
}
