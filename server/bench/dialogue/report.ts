import type { BridgePointFigures } from '../../load/media/bridge-point.ts';
import type { Tally } from '../../simulator/world.ts';
import { atLeast, atMost, exactly, median, printReport, printTable, quantile } from '../report.ts';
import { firstPictureMs, type Handover } from './handovers.ts';
import type { Watched } from './page-watch.ts';
import { type PageName, pageNames } from './pages.ts';
import type { Options } from './run.ts';
import { coresOf, growthOf, type Sample } from './samples.ts';

/** Everything that was seen of one dialogue. */
export interface Found {
  samples: readonly Sample[];
  /** The synthetic ones, the leader's among them. */
  bridgePoints: readonly BridgePointFigures[];
  watched: Record<PageName, Watched>;
  handovers: readonly Handover[];
  /** How long each hall was off air so shortly that Chromium counts it as frozen, in ms. */
  pauses: ReadonlyMap<string, number>;
  /** From the beginning of the dialogue to its end. */
  seconds: number;
  openMicrophones: number;
  serverErrors: number;
  pageErrors: number;
  tally: Tally;
  /** The hall whose screen is in Chromium. */
  screenHallId: string;
  /** The hall whose computer is. */
  moderatorHallId: string;
  nameOf: ReadonlyMap<string, string>;
}

/** Refusals that no page should ever get: the simulation or the server is wrong. */
const unsound = /: (invalid|unknown_command|internal|not_allowed|command_id_taken)$/;
const minuteMs = 60_000;
const mega = 1 << 20;

export function report(found: Found, options: Options): boolean {
  const { samples, bridgePoints, tally, watched } = found;
  const seen = seenOf(found);
  printHandovers(seen, found);
  console.log('');
  printMinutes(samples);
  console.log('');
  const sum = (of: (one: BridgePointFigures) => number) =>
    bridgePoints.reduce((total, one) => total + of(one), 0);
  const packets = sum(({ pictures, sounds }) => pictures.packets + sounds.packets);
  const lost = sum(({ pictures, sounds }) => pictures.lost + sounds.lost);
  const frozen = (page: PageName) => {
    const { freezeSeconds, seconds } = watched[page];
    return percent(Math.max(0, freezeSeconds - pausedSeconds(page, found)), seconds);
  };
  const refused = [...tally.refused].filter(([key]) => unsound.test(key));
  const figures: Record<string, number> = {
    ...options,
    seconds: found.seconds,
    ...Object.fromEntries(
      (['server', 'workers', 'generators', 'browsers'] as const).map((who) => {
        return [`${who}Cores`, coresOf(samples, `${who}Cpu`)];
      }),
    ),
    loopP99Ms: median(samples.map(({ loopP99Ms }) => loopP99Ms)),
    loopMaxMs: Math.max(...samples.map(({ loopMaxMs }) => loopMaxMs)),
    serverMemoryGrowth: growthOf(samples, 'serverRssBytes'),
    workersMemoryGrowth: growthOf(samples, 'workersRssBytes'),
    ...timesOf(seen),
    packetsReceived: packets,
    lostPercent: percent(lost, packets + lost),
    hallFrozenPercent: percent(
      sum(({ pictures }) => pictures.frozenMs) / 1_000,
      found.seconds * bridgePoints.length,
    ),
    ...Object.fromEntries(pageNames.map((page) => [`${page}FrozenPercent`, frozen(page)])),
    // As Chromium counts them, and what of it nobody sent.
    ...Object.fromEntries(
      pageNames.map((page) => [`${page}FreezeSeconds`, watched[page].freezeSeconds]),
    ),
    pausedSeconds: [...found.pauses.values()].reduce((total, ms) => total + ms, 0) / 1_000,
    ...Object.fromEntries(
      pageNames.map((page) => {
        const { packetsLost, packetsReceived } = watched[page];
        return [`${page}LostPercent`, percent(packetsLost, packetsLost + packetsReceived)];
      }),
    ),
    rejoins: sum(({ joins }) => joins - 1),
    inAtTheEnd: bridgePoints.filter(({ isJoined }) => isJoined).length,
    commands: tally.commands,
    answerP99Ms: tally.answerP99Ms,
    openMicrophones: found.openMicrophones,
    errors: found.serverErrors + found.pageErrors + refused.length,
  };
  const rounded = Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [name, Math.round(value * 1_000) / 1_000]),
  );
  printTable(['figure', 'value'], Object.entries(rounded));
  return printReport({ name: 'dialogue', figures: rounded, targets: targetsOf(rounded) });
}

function targetsOf(figures: Record<string, number>) {
  const of = (name: string) => figures[name] ?? NaN;
  return {
    handovers: atLeast(of('handovers'), 3 * of('minutes')),
    hallPictureP95Ms: atMost(of('hallPictureP95Ms'), 500),
    hallPictureP99Ms: atMost(of('hallPictureP99Ms'), 1_000),
    screenPictureP95Ms: atMost(of('screenPictureP95Ms'), 500),
    unseen: exactly(of('unseen'), 0),
    hallFrozenPercent: atMost(of('hallFrozenPercent'), 1),
    hostFrozenPercent: atMost(of('hostFrozenPercent'), 1),
    screenFrozenPercent: atMost(of('screenFrozenPercent'), 1),
    moderatorFrozenPercent: atMost(of('moderatorFrozenPercent'), 1),
    lostPercent: atMost(of('lostPercent'), 0.5),
    loopP99Ms: atMost(of('loopP99Ms'), 50),
    answerP99Ms: atMost(of('answerP99Ms'), 200),
    serverMemoryGrowth: atMost(of('serverMemoryGrowth'), 1.2),
    workersMemoryGrowth: atMost(of('workersMemoryGrowth'), 1.1),
    rejoins: exactly(of('rejoins'), 0),
    inAtTheEnd: exactly(of('inAtTheEnd'), of('bridgePoints') + 1),
    openMicrophones: exactly(of('openMicrophones'), 0),
    errors: exactly(of('errors'), 0),
  };
}

/** When a handover was seen, in ms after it. */
interface Seen {
  readonly handover: Handover;
  /** At every synthetic bridge point but the one that was called. */
  readonly halls: readonly number[];
  /** On the screen in Chromium; null where its own hall was called. */
  readonly screen: number | null;
}

function seenOf({ bridgePoints, handovers, nameOf, screenHallId, watched }: Found): Seen[] {
  return handovers.map((handover) => {
    const { bridgePointId: called } = handover;
    return {
      handover,
      halls: bridgePoints
        .filter(({ bridgePointId }) => bridgePointId !== called)
        .map(({ pictureSpells }) => firstPictureMs(handover, called, pictureSpells)),
      // It knows halls by their names.
      screen:
        called === screenHallId
          ? null
          : firstPictureMs(handover, nameOf.get(called) ?? '', watched.screen.spells),
    };
  });
}

/** What those who were called on deck, and those called out of their row, took. */
function timesOf(all: readonly Seen[]): Record<string, number> {
  const prepared = all.filter(({ handover }) => handover.preparedMs > 0);
  const others = all.filter(({ handover }) => handover.preparedMs === 0);
  const halls = (some: readonly Seen[]) => some.flatMap((seen) => seen.halls);
  const screen = all.flatMap((seen) => (seen.screen === null ? [] : [seen.screen]));
  return {
    handovers: all.length,
    unprepared: others.length,
    hallPictureP50Ms: quantile(halls(all), 0.5),
    hallPictureP95Ms: quantile(halls(all), 0.95),
    hallPictureP99Ms: quantile(halls(all), 0.99),
    preparedPictureP95Ms: quantile(halls(prepared), 0.95),
    unpreparedPictureP95Ms: quantile(halls(others), 0.95),
    screenPictureP50Ms: quantile(screen, 0.5),
    screenPictureP95Ms: quantile(screen, 0.95),
    unseen: [...halls(all), ...screen].filter((ms) => !Number.isFinite(ms)).length,
  };
}

function printHandovers(all: readonly Seen[], { nameOf }: Found): void {
  printTable(
    ['called', 's on deck', 's on air', 'halls p50 ms', 'halls last ms', 'screen ms'],
    all.map(({ handover, halls, screen }) => [
      nameOf.get(handover.bridgePointId) ?? '',
      Math.round(handover.preparedMs / 100) / 10,
      Math.round((handover.until - handover.at) / 100) / 10,
      Math.round(quantile(halls, 0.5)),
      Math.round(Math.max(...halls)),
      screen === null ? '' : Math.round(screen),
    ]),
  );
}

function printMinutes(samples: readonly Sample[]): void {
  const [first] = samples;
  const minutes = Map.groupBy(samples, ({ at }) => Math.floor((at - first!.at) / minuteMs) + 1);
  const short = (value: number) => Math.round(value * 100) / 100;
  printTable(
    [
      'minute',
      'server',
      'workers',
      'generators',
      'Chromium',
      'server MB',
      'workers MB',
      'loop p99 ms',
      'loop max ms',
    ],
    [...minutes].map(([minute, some]) => [
      minute,
      ...(['serverCpu', 'workersCpu', 'generatorsCpu', 'browsersCpu'] as const).map((of) =>
        short(coresOf(some, of)),
      ),
      Math.round(median(some.map(({ serverRssBytes }) => serverRssBytes)) / mega),
      Math.round(median(some.map(({ workersRssBytes }) => workersRssBytes)) / mega),
      short(median(some.map(({ loopP99Ms }) => loopP99Ms))),
      short(Math.max(...some.map(({ loopMaxMs }) => loopMaxMs))),
    ]),
  );
}

/** For how long nothing was sent to a page of what it had been shown and was shown again. */
function pausedSeconds(page: PageName, found: Found): number {
  const own = { host: null, screen: found.screenHallId, moderator: found.moderatorHallId }[page];
  const others = [...found.pauses].filter(([bridgePointId]) => bridgePointId !== own);
  return others.reduce((total, [, ms]) => total + ms, 0) / 1_000;
}

const percent = (part: number, whole: number) => (100 * part) / whole;
