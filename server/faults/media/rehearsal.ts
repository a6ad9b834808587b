import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { mediaWorkersOf } from '../../load/children.ts';
import { temporaryFolder } from '../../load/database.ts';
import type { BridgePointFigures } from '../../load/media/bridge-point.ts';
import { Fleet } from '../../load/media/fleet.ts';
import { backAfterMs, type Spell, spellGapMs } from '../../load/media/spells.ts';
import { clearLine } from '../../load/media/udp-relay.ts';
import { seedDialogue, type SeededDialogue } from '../../load/seed.ts';
import { Line } from '../support/line.ts';
import { readLog, withDatabase } from '../support/database.ts';
import { SupervisedServer } from '../support/supervised-server.ts';
import { Desk } from './desk.ts';
import { findLeaks, type Holdings, holdingsOf } from './holdings.ts';
import { findOpenMicrophones, type HeardSound, openTimesOf } from './open-times.ts';
import { type Disturbance, impairments, type RoundPlan } from './plan.ts';

export interface RehearsalOptions {
  seed: string;
  plan: readonly RoundPlan[];
  halls: number;
  /** Another program than the product's. */
  program?: string;
  onProgress: (line: string) => void;
}

export interface RehearsalResult {
  /** From the disturbance, or its end, until a hall saw the stage again, in ms; infinite: never. */
  backMs: Map<Disturbance, number[]>;
  freezes: Map<Disturbance, number>;
  openMicrophones: string[];
  leaks: string[];
  /** Packets of microphones that were sent, whatever the log said. */
  soundSent: number;
  soundHeard: number;
  serverKills: number;
  workerKills: number;
  endedByItself: number;
}

/** What each layer of a camera comes to. */
const layersKbps = [60, 120, 200];
const patienceMs = 45_000;
/** So many packets of a microphone that is closed leave its hall before anybody goes on: 3 s. */
const closedPackets = 150;
/** What is under way when a microphone closes, and what a busy machine makes of it. */
const graceMs = 2_000;
const pollMs = 200;

/** Plays the planned rounds on a server of its own, and looks at what was heard and what is left. */
export async function rehearse(options: RehearsalOptions): Promise<RehearsalResult> {
  const dataDir = await temporaryFolder('faults-media');
  const line = await Line.open();
  let start: Promise<Holdings> | null = null;
  const server = new SupervisedServer({
    dataDir,
    ...(options.program ? { program: options.program } : {}),
    onTurn: (url) => {
      line.target = null;
      if (url === null) return;
      // Nobody comes in before it was counted what an empty server holds.
      start = holdingsOf(url, server.pid!);
      start.finally(() => (line.target = Number(new URL(url).port))).catch(() => {});
    },
  });
  try {
    const seeded = await withDatabase(dataDir, server, (databaseUrl) =>
      seedDialogue({ databaseUrl, bridgePoints: options.halls, persons: 0 }),
    );
    const show = new Show(options, seeded, server, line);
    const result = await show.play();
    result.leaks = await leaksOf(await start!, server);
    const log = await withDatabase(dataDir, server, (url) => readLog(url, seeded.dialogueId));
    const openTimes = openTimesOf(log, seeded.dialogueId);
    result.openMicrophones = findOpenMicrophones(show.heard, openTimes, graceMs);
    result.endedByItself = server.endedByItself;
    return result;
  } finally {
    await server.close();
    await line.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** What is still there after all have left, and some time for the last to close. */
async function leaksOf(start: Holdings, server: SupervisedServer): Promise<string[]> {
  const endsAt = Date.now() + patienceMs;
  for (;;) {
    const leaks = findLeaks(start, await holdingsOf(await server.url, server.pid!));
    if (leaks.length === 0 || Date.now() > endsAt) return leaks;
    await delay(pollMs);
  }
}

/** One dialogue with its halls, disturbed round by round. */
class Show {
  readonly heard: HeardSound[] = [];
  readonly #options: RehearsalOptions;
  readonly #seeded: SeededDialogue;
  readonly #server: SupervisedServer;
  readonly #fleet = new Fleet(1);
  readonly #desk: Desk;
  readonly #url: string;
  readonly #central: string;
  readonly #result: RehearsalResult = {
    backMs: new Map(),
    freezes: new Map(),
    openMicrophones: [],
    leaks: [],
    soundSent: 0,
    soundHeard: 0,
    serverKills: 0,
    workerKills: 0,
    endedByItself: 0,
  };

  constructor(
    options: RehearsalOptions,
    seeded: SeededDialogue,
    server: SupervisedServer,
    line: Line,
  ) {
    this.#options = options;
    this.#seeded = seeded;
    this.#server = server;
    this.#url = line.url;
    this.#central = seeded.centralBridgePointId;
    this.#desk = new Desk(line.url, seeded);
  }

  async play(): Promise<RehearsalResult> {
    const { dialogueId, host, halls } = this.#seeded;
    const { seed, plan, onProgress } = this.#options;
    try {
      await this.#fleet.open({
        url: this.#url,
        dialogueId,
        halls: [
          { bridgePointId: this.#central, ...host },
          ...halls.map(({ bridgePointId, moderator }) => ({ bridgePointId, ...moderator })),
        ],
        layersKbps,
        publishes: 'always',
        receives: { maxFeeds: 2 },
        withinMs: 1_000,
        lineSeed: seed,
      });
      for (const [index, round] of plan.entries()) {
        const found = await this.#round(round);
        onProgress(`round ${index + 1}/${plan.length}: ${round.kind}, ${found}`);
      }
      for (const { soundSent } of await this.#fleet.figures()) this.#result.soundSent += soundSent;
    } finally {
      this.#desk.close();
      await this.#fleet.close();
    }
    return this.#result;
  }

  async #round(round: RoundPlan): Promise<string> {
    const { kind } = round;
    const impairment = impairments[kind];
    const hall = this.#seeded.halls[round.hall]!.bridgePointId;
    await this.#seen(this.#central, Date.now());
    if (impairment) await this.#fleet.impair(impairment);
    const freezesBefore = await this.#freezes();
    await this.#desk.call(hall);
    const calledAt = Date.now();
    const seenMs = await this.#seen(hall, calledAt);
    // A spoilt line is measured by what it makes of a handover; all else by what comes back.
    const backMs =
      kind.startsWith('loss') || kind === 'delay300' || kind === 'slow'
        ? seenMs
        : await this.#disturb(round);
    this.#result.backMs.set(kind, [...(this.#result.backMs.get(kind) ?? []), ...backMs]);
    const freezes = (this.#result.freezes.get(kind) ?? 0) + (await this.#freezes()) - freezesBefore;
    this.#result.freezes.set(kind, freezes);
    if (impairment) await this.#fleet.impair(clearLine);

    await this.#desk.takeBack();
    await this.#sendsOn(hall);
    for (const { bridgePointId, soundSpells } of await this.#fleet.figures()) {
      this.heard.push({ by: bridgePointId, spells: soundSpells });
      this.#result.soundHeard += soundSpells.reduce((sum, { count }) => sum + count, 0);
    }
    await this.#fleet.forget();
    return `back after ${Math.round(Math.max(...backMs))} ms at most`;
  }

  /** Does it, and waits until the stage is seen again: how long each hall that lost it was without. */
  async #disturb({ kind, cutHalls, cutMs }: RoundPlan): Promise<number[]> {
    const { pid } = this.#server;
    let at = Date.now();
    let whose: readonly string[] | null = null;
    if (kind === 'worker' || kind === 'workerAtLoss5') {
      for (const worker of pid === null ? [] : mediaWorkersOf(pid)) {
        process.kill(worker, 'SIGKILL');
        this.#result.workerKills += 1;
      }
    } else if (kind === 'server') {
      if (this.#server.kill()) this.#result.serverKills += 1;
    } else if (kind === 'cut') {
      whose = cutHalls.map((hall) => this.#seeded.halls[hall]!.bridgePointId);
      await this.#fleet.impair({ ...clearLine, isCut: true }, whose);
      await delay(cutMs);
      await this.#fleet.impair(clearLine, whose);
      at = Date.now();
    }
    // What is on its way here when it is done is no sign of life.
    if (kind !== 'none') await delay(spellGapMs);
    return this.#back(at, whose);
  }

  /** From `at` until each hall saw the leader's hall again, in ms. */
  async #back(at: number, whose: readonly string[] | null): Promise<number[]> {
    const endsAt = Date.now() + patienceMs;
    for (;;) {
      const halls = (await this.#halls()).filter(
        (each) => whose?.includes(each.bridgePointId) ?? true,
      );
      const isSteady = halls.every(({ pictureSpells }) =>
        isNow(ofHall(pictureSpells, this.#central)),
      );
      const times = halls.map((each) => backAfterMs(ofHall(each.pictureSpells, this.#central), at));
      if ((isSteady && times.every(Number.isFinite)) || Date.now() > endsAt) return times;
      await delay(pollMs);
    }
  }

  /** From `at` until each other hall saw that hall, in ms. */
  async #seen(hall: string, at: number): Promise<number[]> {
    const endsAt = Date.now() + patienceMs;
    for (;;) {
      const others = (await this.#halls()).filter(({ bridgePointId }) => bridgePointId !== hall);
      const times = others.map(({ pictureSpells }) => {
        const spell = ofHall(pictureSpells, hall).find(({ to }) => to >= at);
        return spell ? Math.max(0, spell.from - at) : Infinity;
      });
      if (times.every(Number.isFinite) || Date.now() > endsAt) return times;
      await delay(pollMs);
    }
  }

  /** Resolves when so many more packets of that hall's microphone have left it. */
  async #sendsOn(hall: string): Promise<void> {
    const sent = async () =>
      (await this.#fleet.figures()).find(({ bridgePointId }) => bridgePointId === hall)!.soundSent;
    const until = (await sent()) + closedPackets;
    const endsAt = Date.now() + patienceMs;
    while ((await sent()) < until && Date.now() < endsAt) await delay(pollMs);
  }

  async #freezes(): Promise<number> {
    return (await this.#halls()).reduce((sum, { pictures }) => sum + pictures.freezes, 0);
  }

  /** All but the leader's, which does not receive itself. */
  async #halls(): Promise<BridgePointFigures[]> {
    const all = await this.#fleet.figures();
    return all.filter(({ bridgePointId }) => bridgePointId !== this.#central);
  }
}

const ofHall = (spells: readonly Spell[], hall: string) => spells.filter(({ of }) => of === hall);
const isNow = (spells: readonly Spell[]) => (spells.at(-1)?.to ?? 0) > Date.now() - 2 * spellGapMs;
