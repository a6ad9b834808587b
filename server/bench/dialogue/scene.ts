import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import type { Me, PairedBody, PairingCodeBody } from '@nhip-cau/shared/protocol/http';
import { openLoadDatabase } from '../../load/database.ts';
import { Fleet, type FleetHall, type FleetOptions } from '../../load/media/fleet.ts';
import { Browser } from '../../simulator/browser.ts';
import { buildHouse, type House } from '../../simulator/house.ts';
import { type Admin, startOwnServer } from '../../simulator/own-server.ts';
import { Random } from '../../simulator/random.ts';
import { World } from '../../simulator/world.ts';
import { progress } from '../support/arguments.ts';
import { until } from '../support/until.ts';
import { openPages, type Pages } from './pages.ts';

export interface SceneOptions {
  /** Synthetic ones, without the leader's. */
  bridgePoints: number;
  secretaries: number;
  /** How long everything takes, people's coming in included, in ms. */
  lengthMs: number;
  /** Processes of synthetic bridge points. */
  processes: number;
}

/** A server, a dialogue with its people, cameras in every hall, and three pages in Chromium. */
export interface Scene {
  readonly server: { url: string; pid: number };
  readonly databaseUrl: string;
  /** What the server's log calls errors. */
  readonly serverErrors: readonly string[];
  readonly world: World;
  readonly house: House;
  readonly fleet: Fleet;
  readonly pages: Pages;
  /** The hall whose screen is in Chromium. */
  readonly screenHallId: string;
}

/**
 * What each layer of a camera comes to: each picture but the key frames is one packet, and so are
 * 60 ms of sound. Two cores carry that to a hundred halls, whose packets are read by programs.
 */
const layersKbps = [100, 110, 120];
const soundFrames = 3;
/** One hall of so many sends its sound always: only the server's gate keeps it closed. */
const oneStubbornOf = 10;
/** A second of people's takes so many: turns of some ten seconds. */
const pace = 0.1;
const comeInMs = 20_000;
const joinedWithinMs = 90_000;

/** Opens all of it; `closers` are to be called from the end on. */
export async function openScene(
  { bridgePoints, lengthMs, processes, secretaries }: SceneOptions,
  closers: (() => unknown)[],
): Promise<Scene> {
  const database = await openLoadDatabase('dialogue');
  closers.push(() => database.close());
  const server = await startOwnServer(database.dataDir, {
    DATABASE_URL: database.url,
    // As `npm start` has both.
    MEDIA_WORKERS: String(availableParallelism()),
    NODE_OPTIONS: '--max-semi-space-size=16',
  });
  closers.push(() => server.stop());
  const serverErrors: string[] = [];
  createInterface({ input: server.child.stdout! }).on('line', (line) => {
    if (/"level":"?(50|60|error|fatal)/.test(line)) serverErrors.push(line);
  });

  const { url, admin } = server;
  const world = new World({ random: new Random('dialogue'), lengthMs, pace });
  // One more hall, whose computer is Chromium.
  const asked = { url, admin, bridgePoints: bridgePoints + 1, secretaries, world, say: progress };
  const house = await buildHouse(asked);
  const synthetic = house.halls.slice(0, -1);
  const chromiumHall = house.halls.at(-1)!;
  const screenHallId = synthetic[0]!.id;

  const fleet = new Fleet(processes);
  closers.push(() => fleet.close());
  await openFleet(fleet, house, url);
  const pages = await openPages(url, [
    { name: 'host', path: `/desk/dialogues/${house.dialogueId}/host`, ...house.host.session },
    {
      name: 'screen',
      path: `/screen?bridgePoint=${screenHallId}`,
      cookie: await pairScreen(url, admin, house.dialogueId, screenHallId),
    },
    {
      name: 'moderator',
      path: `/desk/hall/${chromiumHall.id}`,
      ...chromiumHall.moderator.session,
    },
  ]);
  closers.push(() => pages.close());
  const areIn = async () => (await fleet.figures()).every(({ isJoined }) => isJoined);
  if (!(await until(areIn, joinedWithinMs))) throw new Error('not all bridge points came in');
  progress(`${bridgePoints} synthetic bridge points, the leader's and three pages are in`);
  return {
    server: { url, pid: server.child.pid! },
    databaseUrl: database.url,
    serverErrors,
    world,
    house,
    fleet,
    pages,
    screenHallId,
  };
}

/** Cameras of the leader's hall and of all but the last; that one's is in Chromium. */
async function openFleet(fleet: Fleet, house: House, url: string): Promise<void> {
  const { centralBridgePointId, dialogueId, halls, host } = house;
  const all: FleetHall[] = [
    { bridgePointId: centralBridgePointId, ...host.session },
    ...halls.slice(0, -1).map(({ id, moderator }) => ({ bridgePointId: id, ...moderator.session })),
  ];
  const isStubborn = (index: number) => index % oneStubbornOf === oneStubbornOf - 1;
  const receives = { maxFeeds: 2 };
  const common = { url, dialogueId, layersKbps, soundFrames, receives, withinMs: comeInMs };
  const open = (publishes: FleetOptions['publishes'], some: FleetHall[]) =>
    fleet.open({ ...common, publishes, halls: some });
  await open(
    'asTold',
    all.filter((_, index) => !isStubborn(index)),
  );
  await open(
    'always',
    all.filter((_, index) => isStubborn(index)),
  );
}

/** Pairs a projector as a technician does; its `Cookie` header. */
async function pairScreen(
  url: string,
  admin: Admin,
  dialogueId: string,
  bridgePointId: string,
): Promise<string> {
  const office = new Browser(url);
  const { principal } = await office.post<Me>('/api/sign-in', admin);
  const codes = await office.post<PairingCodeBody[]>(
    `/api/dialogues/${dialogueId}/pairing-codes/all`,
    { deviceRole: 'screen' },
    principal,
  );
  const { code } = codes.find((one) => one.bridgePointId === bridgePointId)!;
  const projector = new Browser(url);
  await projector.post<PairedBody>('/api/pair', { code });
  return projector.cookie;
}
