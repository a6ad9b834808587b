import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { CaptionFact, Delivery } from '@nhip-cau/shared/protocol/facts';
import type { SignalMessage } from '@nhip-cau/shared/protocol/signals';
import { captionText } from '../fanout/captions.ts';
import { sharedNow } from '../support/clock.ts';
import type { HelperProcess } from '../support/helper-process.ts';
import type { Swarm } from '../support/swarm.ts';
import { until } from '../support/until.ts';
import type { Answer, Words } from './engine.ts';
import type { SentBurst, SpeakerOrder } from './speaker-process.ts';

/** One caption from its burst's last packet, or from its being handed to the peer, in ms. */
export interface Journey {
  /** Until its sound had come to the engine; 0 of the peer's. */
  toEngineMs: number;
  /** Then, without what the engine took, until each phone had it. */
  toPhonesMs: number[];
}

/** Unfinished words from when the engine said them until a page had them, in ms. */
export interface WordsTimes {
  /** A page of the staff, which is told with the halls'. */
  toHallsMs: number[];
  /** The phone that is told last. */
  toLastPhoneMs: number[];
}

export interface Round {
  journeys: Journey[];
  words: WordsTimes;
  /** How far the captions' times are from when the bursts began. */
  cueErrorsMs: number[];
  /** Captions that did not come to a phone, and that came once more, over all phones. */
  missing: number;
  doubled: number;
  /** Deliveries that did not join on, or were not the same for all. */
  faults: number;
}

export interface Scene {
  swarm: Swarm;
  phones: number;
  speaker: HelperProcess;
  /** Has the bare server tell the caption. */
  tellBare: (text: string) => void;
  /** Where the engine writes its answers. */
  answersFile: string;
  /** The captions' facts as one more phone was told them, by their text. */
  facts: ReadonlyMap<string, CaptionFact>;
  /** When these two had unfinished words, by the words. */
  wordsAt: Record<'hall' | 'lastPhone', ReadonlyMap<string, number>>;
}

const drainTimeoutMs = 15_000;

/** The leader says so many bursts. */
export async function productRound(scene: Scene, bursts: number): Promise<Round> {
  const { swarm, speaker, answersFile, facts } = scene;
  const before = await readEngine(answersFile);
  await swarm.reset('product');
  const sent = await speaker.ask<SentBurst[]>({ bursts } satisfies SpeakerOrder);
  const answers = async () => (await readEngine(answersFile)).answers.slice(before.answers.length);
  const haveAnswers = async () => (await answers()).length >= bursts;
  if (!(await until(haveAnswers, drainTimeoutMs))) throw new Error('the engine heard too little');
  const heard = await answers();
  if (heard.length > bursts) throw new Error('the engine heard more than was said');
  const arrived = await received(
    scene,
    'product',
    heard.map(({ text }) => text),
  );
  return {
    ...arrived,
    journeys: heard.map(({ text, heardAt, answeredAt }, index) => {
      const toEngineMs = heardAt - sent[index]!.sentAt;
      const times = arrived.times.get(text) ?? [];
      return { toEngineMs, toPhonesMs: times.map((time) => time - answeredAt) };
    }),
    words: await wordsOf(scene, before.words.length),
    cueErrorsMs: heard.map(({ text }, index) =>
      Math.abs((facts.get(text)?.at ?? NaN) - sent[index]!.startedAt),
    ),
  };
}

async function wordsOf({ answersFile, wordsAt }: Scene, before: number): Promise<WordsTimes> {
  const { words: said } = await readEngine(answersFile);
  const times = (at: ReadonlyMap<string, number>) =>
    said.slice(before).map(({ words, saidAt }) => (at.get(words) ?? Infinity) - saidAt);
  return { toHallsMs: times(wordsAt.hall), toLastPhoneMs: times(wordsAt.lastPhone) };
}

/** The same captions from the bare server, one each `everyMs`. */
export async function bareRound(scene: Scene, captions: number, everyMs: number): Promise<Round> {
  const { swarm, tellBare } = scene;
  await swarm.reset('ws');
  const sentAt = new Map<string, number>();
  for (let index = 0; index < captions; index += 1) {
    const text = captionText();
    sentAt.set(text, sharedNow());
    tellBare(text);
    await delay(everyMs);
  }
  const arrived = await received(scene, 'ws', [...sentAt.keys()]);
  return {
    ...arrived,
    journeys: [...sentAt].map(([text, from]) => {
      const times = arrived.times.get(text) ?? [];
      return { toEngineMs: 0, toPhonesMs: times.map((time) => time - from) };
    }),
    words: { toHallsMs: [], toLastPhoneMs: [] },
    cueErrorsMs: [],
  };
}

/** Keeps the facts of captions that a client is told. */
export function noteCaptions(facts: Map<string, CaptionFact>) {
  return ({ puts }: Delivery): void => {
    for (const { collection, value } of puts) {
      if (collection !== 'caption' || value === null) continue;
      const caption = value as CaptionFact;
      facts.set(caption.text, caption);
    }
  };
}

/** Keeps when a client was first told of unfinished words. */
export function noteWords(at: Map<string, number>) {
  return ({ name, value }: SignalMessage): void => {
    if (name !== 'speaking') return;
    for (const { text } of value.lines) if (!at.has(text)) at.set(text, sharedNow());
  };
}

async function received({ swarm, phones }: Scene, group: string, texts: readonly string[]) {
  const isAll = async () => {
    const { deliveries } = await swarm.collect(group);
    const whole = deliveries.filter(({ count }) => count === phones);
    const told = new Set(whole.flatMap(({ captions }) => captions));
    return texts.every((text) => told.has(text));
  };
  await until(isAll, drainTimeoutMs);
  const { faults } = await swarm.collect(group);
  const times = new Map<string, number[]>();
  for (const delivery of await swarm.times(group)) {
    for (const text of delivery.captions) {
      times.set(text, [...(times.get(text) ?? []), ...delivery.times]);
    }
  }
  let [missing, doubled] = [0, 0];
  for (const text of new Set([...texts, ...times.keys()])) {
    const wanted = texts.includes(text) ? phones : 0;
    const came = times.get(text)?.length ?? 0;
    missing += Math.max(0, wanted - came);
    doubled += Math.max(0, came - wanted);
  }
  return { times, missing, doubled, faults };
}

async function readEngine(file: string): Promise<{ answers: Answer[]; words: Words[] }> {
  const lines = (await readFile(file, 'utf8')).split('\n').slice(0, -1);
  const all = lines.map((line) => JSON.parse(line) as Answer | Words);
  return {
    answers: all.filter((one) => 'text' in one),
    words: all.filter((one) => 'words' in one),
  };
}
