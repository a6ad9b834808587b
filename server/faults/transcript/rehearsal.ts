import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { LogEntry } from '../../src/dialogue/kernel/entries.ts';
import { temporaryFolder } from '../../load/database.ts';
import { seedDialogue, type SeededDialogue } from '../../load/seed.ts';
import { Desk } from '../media/desk.ts';
import { openTimesOf } from '../media/open-times.ts';
import { Line } from '../support/line.ts';
import { readLog, withDatabase } from '../support/database.ts';
import { SupervisedServer } from '../support/supervised-server.ts';
import { check, fateOf, type Findings, type Knowledge } from './checker.ts';
import { EngineWard, type Mood } from './engine-ward.ts';
import type { RoundPlan } from './plan.ts';
import { Speaker, type SpokenBurst } from './speaker.ts';

export interface RehearsalOptions {
  plan: readonly RoundPlan[];
  /** Another program than the product's. */
  program?: string;
  /** How long what was spoken may take to be written, once nothing disturbs it any more, in ms. */
  patienceMs: number;
  onProgress: (line: string) => void;
}

export interface RehearsalResult {
  findings: Findings;
  bursts: Record<'spoken' | 'heard' | 'perhaps' | 'unheard', number>;
  /** Lines in the log, of those so many that came late, and so many that name no burst. */
  lines: number;
  lateLines: number;
  noise: number;
  runs: number;
  /** What the clock of the lines is wrong by, in ms, each line's. */
  cueErrorsMs: number[];
  engineStarts: number;
  engineKills: number;
  serverKills: number;
  endedByItself: number;
  /** From the last disturbance's end until all was written. */
  settledMs: number;
}

const halls = 2;
/** What the server takes to give an engine up that stands still: 6 s of sound fit in pipes. */
const stallMs = 40_000;
/** Between two rounds. */
const restMs = 2_000;
const pollMs = 1_000;

/** Plays the planned rounds on a server of its own, and reads what it wrote. */
export async function rehearse(options: RehearsalOptions): Promise<RehearsalResult> {
  const dataDir = await temporaryFolder('faults-transcript');
  const line = await Line.open();
  const ward = new EngineWard(join(dataDir, 'engines'));
  const server = new SupervisedServer({
    dataDir,
    env: { SPEECH_ENGINE: ward.command, RECORDING_FLOOR_GB: '1' },
    ...(options.program ? { program: options.program } : {}),
    onTurn: (url) => (line.target = url === null ? null : Number(new URL(url).port)),
  });
  try {
    const seeded = await withDatabase(dataDir, server, (databaseUrl) =>
      seedDialogue({ databaseUrl, bridgePoints: halls, persons: 0 }),
    );
    const stage = new Stage(options, seeded, { server, ward, line, dataDir });
    return await stage.play();
  } finally {
    await server.close();
    // One that stands still does not see that its server is gone.
    ward.signal('SIGKILL');
    await line.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

interface House {
  server: SupervisedServer;
  ward: EngineWard;
  line: Line;
  dataDir: string;
}

/** One dialogue in which the leader's hall and one other speak, disturbed round by round. */
class Stage {
  readonly #options: RehearsalOptions;
  readonly #seeded: SeededDialogue;
  readonly #house: House;
  readonly #speakers: readonly Speaker[];
  readonly #desk: Desk;
  readonly #serverEnds: number[] = [];
  #engineKills = 0;

  constructor(options: RehearsalOptions, seeded: SeededDialogue, house: House) {
    this.#options = options;
    this.#seeded = seeded;
    this.#house = house;
    const { dialogueId, host, centralBridgePointId } = seeded;
    const { url } = house.line;
    this.#desk = new Desk(url, seeded);
    this.#speakers = [
      { bridgePointId: centralBridgePointId, ...host },
      ...seeded.halls.map(({ bridgePointId, moderator }) => ({ bridgePointId, ...moderator })),
    ].map((who, hall) => new Speaker({ url, dialogueId, hall, ...who }));
  }

  async play(): Promise<RehearsalResult> {
    const { plan, onProgress } = this.#options;
    try {
      for (const speaker of this.#speakers) speaker.start();
      for (const [index, round] of plan.entries()) {
        const begun = performance.now();
        await this.#desk.call(this.#seeded.halls[index % halls]!.bridgePointId);
        await delay(round.afterMs);
        await this.#disturb(round);
        await delay(restMs);
        const seconds = Math.round((performance.now() - begun) / 1_000);
        onProgress(`round ${index + 1}/${plan.length}: ${round.kind}, ${seconds} s`);
      }
      return await this.#settle();
    } finally {
      this.#desk.close();
      await Promise.all(this.#speakers.map((speaker) => speaker.close()));
    }
  }

  async #disturb({ kind, forMs, killAfterMs, times }: RoundPlan): Promise<void> {
    const { ward, server } = this.#house;
    switch (kind) {
      case 'engineKilled':
        for (let time = 0; time < times; time += 1) {
          this.#engineKills += ward.signal('SIGKILL');
          await delay(forMs / times);
        }
        return;
      case 'engineDies':
        return this.#be('dies', forMs);
      case 'engineMute':
        return this.#be('mute', forMs);
      case 'garbage':
      case 'floodGarbage':
      case 'floodPartials':
        return this.#be(kind, forMs);
      case 'enginePaused':
        return this.#pause(forMs);
      case 'engineStalled':
        return this.#pause(stallMs);
      case 'serverKilledBehind':
        await this.#pause(forMs);
        await delay(killAfterMs);
        return this.#killServer();
      case 'serverKilledTwice':
        await this.#killServer();
        await server.url;
        await delay(killAfterMs);
        return this.#killServer();
      case 'serverKilled':
        return this.#killServer();
    }
  }

  async #be(mood: Mood, forMs: number): Promise<void> {
    this.#house.ward.setMood(mood);
    await delay(forMs);
    this.#house.ward.setMood('well');
  }

  async #pause(forMs: number): Promise<void> {
    this.#house.ward.signal('SIGSTOP');
    await delay(forMs);
    this.#house.ward.signal('SIGCONT');
  }

  /** Resolves when the next one is ready. */
  async #killServer(): Promise<void> {
    const { server } = this.#house;
    await server.url;
    const { starts } = server;
    if (!server.kill()) return;
    this.#serverEnds.push(Date.now());
    while (server.starts === starts) await delay(20);
    await server.url;
  }

  /** Lets all fall silent, and waits until what must be heard is written, or patience is over. */
  async #settle(): Promise<RehearsalResult> {
    const { patienceMs } = this.#options;
    const { server, ward, dataDir } = this.#house;
    const { dialogueId } = this.#seeded;
    await Promise.all(this.#speakers.map((speaker) => speaker.close()));
    const bursts = this.#speakers.flatMap((speaker) => speaker.bursts);
    const begun = performance.now();
    for (;;) {
      const log = await withDatabase(dataDir, server, (url) => readLog(url, dialogueId));
      const openTimes = openTimesOf(log, dialogueId);
      const knowledge = { openTimes, serverEnds: this.#serverEnds };
      const findings = check(bursts, log, ward.finals(), knowledge);
      const settledMs = performance.now() - begun;
      if (findings.lost.length === 0 || settledMs > patienceMs) {
        return {
          findings,
          ...figuresOf(bursts, log, knowledge),
          engineStarts: ward.started,
          engineKills: this.#engineKills,
          serverKills: this.#serverEnds.length,
          endedByItself: server.endedByItself,
          settledMs,
        };
      }
      await delay(pollMs);
    }
  }
}

function figuresOf(
  bursts: readonly SpokenBurst[],
  log: readonly LogEntry[],
  knowledge: Knowledge,
): Pick<RehearsalResult, 'bursts' | 'lines' | 'lateLines' | 'noise' | 'runs' | 'cueErrorsMs'> {
  const counts = { spoken: bursts.length, heard: 0, perhaps: 0, unheard: 0 };
  for (const burst of bursts) counts[fateOf(burst, knowledge)] += 1;
  const lines = log
    .filter((entry) => entry.type === 'transcript.heard')
    .map(({ payload }) => payload);
  const named = new Map(bursts.map((burst) => [`hall ${burst.hall} burst ${burst.number}`, burst]));
  const cueErrorsMs = lines.flatMap(({ raw, startedAt }) => {
    const burst = named.get(raw);
    return burst ? [Math.abs(startedAt - burst.startedAt)] : [];
  });
  return {
    bursts: counts,
    lines: lines.length,
    lateLines: lines.filter(({ isLate }) => isLate).length,
    noise: lines.filter(({ raw }) => !named.has(raw)).length,
    runs: new Set(lines.map(({ runId }) => runId)).size,
    cueErrorsMs,
  };
}
