/**
 * `npm run bench -- captions`: how long it takes from the end of what the leader says until every
 * phone has it as text, without what the engine takes, beside a bare server that is given the text.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { CaptionFact } from '@nhip-cau/shared/protocol/facts';
import { captionWindow } from '@nhip-cau/shared/protocol/facts';
import { openLoadDatabase } from '../../load/database.ts';
import { LightClient } from '../../load/light-client.ts';
import { seedDialogue } from '../../load/seed.ts';
import { startLoadServer } from '../../load/server.ts';
import { captionText, deliveryLike } from '../fanout/captions.ts';
import { atMost, exactly, median, printReport, printTable, quantile } from '../report.ts';
import { numbersOf, progress } from '../support/arguments.ts';
import { startHelper } from '../support/helper-process.ts';
import { startPeer } from '../support/peers.ts';
import { Swarm } from '../support/swarm.ts';
import {
  bareRound,
  type Journey,
  noteCaptions,
  noteWords,
  productRound,
  type Round,
  type Scene,
  type WordsTimes,
} from './measure.ts';
import type { SpeakerOrder } from './speaker-process.ts';

const defaults = { phones: 15_000, rounds: 5, bursts: 5, processes: 3, halls: 579 };
type Options = typeof defaults;

/** As often as the leader says something. */
const everyMs = 2_400;
/** At most so late does a phone note what has come. */
const looksEveryMs = 2;
/** Long enough for the garbage of the handshakes to be collected. */
const settleMs = 5_000;

export async function run(args: string[]): Promise<boolean> {
  const options = numbersOf(args, defaults);
  const closers: (() => unknown)[] = [];
  try {
    const scene = await openScene(options, closers);
    const rounds: Record<'product' | 'ws', Round[]> = { product: [], ws: [] };
    // The first is for nothing: the programs are compiled as they run.
    for (let number = 0; number <= options.rounds; number += 1) {
      const count = number === 0 ? 2 : options.bursts;
      const found = {
        product: await productRound(scene, count),
        ws: await bareRound(scene, count, everyMs),
      };
      for (const kind of ['product', 'ws'] as const) {
        progress(`round ${number}, ${kind}: ${describe(found[kind])}`);
        if (number > 0) rounds[kind].push(found[kind]);
      }
    }
    return report(rounds, options);
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

async function openScene(options: Options, closers: (() => unknown)[]): Promise<Scene> {
  const { phones, processes, halls } = options;
  const database = await openLoadDatabase('captions');
  closers.push(() => database.close());
  const seeded = await seedDialogue({
    databaseUrl: database.url,
    bridgePoints: halls,
    persons: phones + 1,
  });
  const { dialogueId } = seeded;
  const answersFile = join(database.dataDir, 'answers.jsonl');
  await writeFile(answersFile, '');
  const engine = join(import.meta.dirname, 'engine.ts');
  const server = await startLoadServer({
    ...database,
    databaseUrl: database.url,
    env: { SPEECH_ENGINE: `command:"${process.execPath}" "${engine}" "${answersFile}"` },
  });
  closers.push(() => server.stop());
  const { url } = server;
  const ws = await startPeer('ws-peer.ts');
  closers.push(() => ws.close());

  const secretary = await LightClient.connect({ url, ...seeded.secretaries[0]!, dialogueId });
  // From here on each caption pushes the oldest one out, as it does for most of an event.
  for (let line = 0; line < captionWindow; line += 1) {
    const caption = { lineId: randomUUID(), text: captionText(), speaker: 'host' as const };
    const outcome = await secretary.send('transcript.add', caption);
    if (!outcome.ok) throw new Error(`a caption was refused: ${outcome.error.code}`);
  }
  closers.push(() => secretary.close());
  const wordsAt = { hall: new Map<string, number>(), lastPhone: new Map<string, number>() };
  secretary.onSignal = noteWords(wordsAt.hall);
  await secretary.sync();

  const speaker = startHelper(join(import.meta.dirname, 'speaker-process.ts'));
  closers.push(() => speaker.close());
  const open = { url, ...seeded.host, dialogueId };
  await speaker.ask({ open } satisfies SpeakerOrder);
  progress('the leader is on air');

  const swarm = new Swarm(processes);
  closers.push(() => swarm.close());
  const sessions = seeded.persons.slice(0, phones);
  const common = { count: phones, dialogueId, keepsTimes: true, looksEveryMs };
  await swarm.connect({ ...common, group: 'product', kind: 'product', url, sessions });
  await swarm.connect({ ...common, group: 'ws', kind: 'ws', url: ws.url, sessions: [] });
  progress(`${phones} phones are connected to each server`);

  const facts = new Map<string, CaptionFact>();
  const watcher = await LightClient.connect({ url, ...seeded.persons[phones]!, dialogueId });
  closers.push(() => watcher.close());
  watcher.onDelivery = noteCaptions(facts);
  watcher.onSignal = noteWords(wordsAt.lastPhone);
  await watcher.sync();
  await delay(settleMs);
  let seq = 0;
  const tellBare = (text: string) => {
    seq += 1;
    ws.order({ delivery: deliveryLike(dialogueId, seq, text) });
  };
  return { swarm, phones, speaker, tellBare, answersFile, facts, wordsAt };
}

const fixed = (value: number, digits = 0): number => Number(value.toFixed(digits));

/** Of each caption: to the engine, from it to the first phone, from there to the last; all of it. */
function partsOf(rounds: readonly Round[]) {
  const journeys = rounds.flatMap((round) => round.journeys);
  const first = ({ toPhonesMs }: Journey) => Math.min(...toPhonesMs);
  const last = ({ toPhonesMs }: Journey) => Math.max(...toPhonesMs);
  return {
    toEngine: journeys.map(({ toEngineMs }) => toEngineMs),
    toFirst: journeys.map(first),
    spread: journeys.map((journey) => last(journey) - first(journey)),
    all: journeys.flatMap(({ toEngineMs, toPhonesMs }) => toPhonesMs.map((ms) => toEngineMs + ms)),
  };
}

/** What a round was like, whatever befell one of them. */
const medianP99 = (rounds: readonly Round[]): number =>
  median(rounds.map((round) => quantile(partsOf([round]).all, 0.99)));

function describe(round: Round): string {
  const { all, spread, toEngine } = partsOf([round]);
  return (
    `p50 ${fixed(quantile(all, 0.5))} ms, p99 ${fixed(quantile(all, 0.99))} ms, ` +
    `to the engine ${fixed(quantile(toEngine, 0.5))} ms, spread ${fixed(quantile(spread, 0.5))} ms` +
    (round.missing + round.doubled + round.faults > 0 ? ', FAULTS' : '')
  );
}

function report(found: Record<'product' | 'ws', Round[]>, { phones }: Options): boolean {
  const [product, ws] = [partsOf(found.product), partsOf(found.ws)];
  const words = (whom: keyof WordsTimes) => found.product.flatMap((round) => round.words[whom]);
  const row = (name: string, values: readonly number[]) => [
    name,
    ...[0.5, 0.99, 1].map((share) => fixed(quantile(values, share))),
  ];
  printTable(
    ['ms', 'p50', 'p99', 'longest'],
    [
      row('from the last packet to each phone, beyond the engine', product.all),
      row('  to the engine', product.toEngine),
      row('  from its answer to the first phone', product.toFirst),
      row('  from the first phone to the last', product.spread),
      row('unfinished words, from the engine to a hall', words('toHallsMs')),
      row('  to the phone that is told last', words('toLastPhoneMs')),
      row('bare ws, from the order to each phone', ws.all),
      row('  to the first phone', ws.toFirst),
      row('  from the first phone to the last', ws.spread),
    ],
  );
  const sum = (of: (round: Round) => number) =>
    [...found.product, ...found.ws].reduce((total, round) => total + of(round), 0);
  const p99 = (values: readonly number[]) => fixed(quantile(values, 0.99));
  const cueErrors = found.product.flatMap(({ cueErrorsMs }) => cueErrorsMs);
  const figures = {
    phones,
    captions: product.toEngine.length,
    beyondEngineP50Ms: fixed(quantile(product.all, 0.5)),
    beyondEngineP99Ms: p99(product.all),
    roundsMedianP99Ms: fixed(medianP99(found.product)),
    toEngineP50Ms: fixed(quantile(product.toEngine, 0.5)),
    toEngineP99Ms: p99(product.toEngine),
    toFirstPhoneP99Ms: p99(product.toFirst),
    spreadP99Ms: p99(product.spread),
    wordsToHallsP99Ms: p99(words('toHallsMs')),
    wordsToLastPhoneP50Ms: fixed(quantile(words('toLastPhoneMs'), 0.5)),
    wsP50Ms: fixed(quantile(ws.all, 0.5)),
    wsP99Ms: p99(ws.all),
    wsRoundsMedianP99Ms: fixed(medianP99(found.ws)),
    p99OfWs: fixed(quantile(product.all, 0.99) / quantile(ws.all, 0.99), 2),
    cueErrorP50Ms: fixed(quantile(cueErrors, 0.5)),
    // One that is unknown is one too far off.
    cueErrorMaxMs: fixed(Math.max(...cueErrors)),
  };
  return printReport({
    name: 'captions',
    figures,
    targets: {
      beyondEngineP99Ms: atMost(figures.beyondEngineP99Ms, 150),
      wordsToHallsP99Ms: atMost(figures.wordsToHallsP99Ms, 200),
      cueErrorMaxMs: atMost(figures.cueErrorMaxMs, 100),
      missing: exactly(
        sum(({ missing }) => missing),
        0,
      ),
      doubled: exactly(
        sum(({ doubled }) => doubled),
        0,
      ),
      faults: exactly(
        sum(({ faults }) => faults),
        0,
      ),
    },
  });
}
