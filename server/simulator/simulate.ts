import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { Me } from '@nhip-cau/shared/protocol/http';
import { printTable } from '../bench/report.ts';
import { temporaryFolder } from '../load/database.ts';
import { mediaWorker } from '../load/server.ts';
import { spawnServerProcess } from '../test/support/server-process.ts';
import { Browser } from './browser.ts';
import { lead } from './host.ts';
import { atOnce, buildHouse, type House, join } from './house.ts';
import { HouseMedia, type MediaFigures } from './media.ts';
import { Memory } from './memory.ts';
import { moderate } from './moderator.ts';
import { participate } from './participant.ts';
import { Random } from './random.ts';
import type { Seat } from './seat.ts';
import { keepQueue } from './secretary.ts';
import { World } from './world.ts';

export interface SimulateOptions {
  /** A running server; left out, one is started for this run alone. */
  url?: string | undefined;
  bridgePoints: number;
  participants: number;
  minutes: number;
  secretaries: number;
  /** How often a line drops, for each seat and hour of a natural dialogue. */
  dropsAnHour: number;
  seed: string;
  /** Whether the halls have cameras and microphones. Default false. */
  hasMedia?: boolean;
}

const hourMs = 3_600_000;
const minuteMs = 60_000;
/** Refusals that no page should ever get: the simulation or the server is wrong. */
const unsound = /: (invalid|unknown_command|internal|not_allowed|command_id_taken)$/;

/** Plays a whole dialogue. Says whether it was sound: nothing absurd refused, everybody current. */
export async function simulate(options: SimulateOptions): Promise<boolean> {
  const { server, url, admin } = await serverFor(options);
  try {
    return await play({ ...options, url, admin });
  } finally {
    await server?.close();
  }
}

async function play(
  options: SimulateOptions & { url: string; admin: { username: string; password: string } },
): Promise<boolean> {
  const { bridgePoints, participants, minutes, seed, url } = options;
  const world = new World({ random: new Random(seed), lengthMs: minutes * minuteMs });
  const house = await buildHouse({ ...options, world, say });
  const memory = new Memory();
  const people: Seat[] = [];
  world.begin();
  say(`${bridgePoints} halls, ${participants} people, ${minutes} minutes at ${url}`);

  const { halls, host, secretaries, dialogueId, agencies } = house;
  const media = options.hasMedia ? await HouseMedia.open(house, url, world) : null;
  const lives: Promise<void>[] = [
    lead(host, { world, random: world.random.fork('host'), agencies }),
    ...secretaries.map((seat, index) => {
      const random = world.random.fork(`secretary ${index}`);
      return keepQueue(seat, { world, random, memory, keepsFloor: index === 0 });
    }),
    ...halls.map(({ moderator, id, district, expected }, index) => {
      const random = world.random.fork(`moderator ${index}`);
      const hall = { bridgePointId: id, district, expected };
      return moderate(moderator, { world, random, memory, ...hall });
    }),
  ];
  const arrivals = atOnce(Array.from({ length: participants }), 50, async (_, index) => {
    const random = world.random.fork(`person ${index}`);
    // Most are in their chairs before the beginning, some come late.
    if (!(await world.until(random.chance(0.85) ? random.next() * 0.12 : random.next() * 0.6)))
      return;
    const hall = halls[index % halls.length]!;
    const seat = await join(url, hall, index, { world, random, dialogueId });
    people.push(seat);
    const { id: bridgePointId, district } = hall;
    lives.push(participate(seat, { world, random, memory, bridgePointId, district }));
  });
  const seats = () => [...secretaries, ...halls.map(({ moderator }) => moderator), ...people];
  lives.push(dropLines(world, options.dropsAnHour, seats));
  const reporting = setInterval(() => say(progressOf(world, people.length)), 10_000);
  await world.until(1);
  clearInterval(reporting);
  world.stop();
  await arrivals;
  await Promise.all(lives);
  const mediaFigures = await media?.conclude(say);
  await secretaries[0]?.send('dialogue.end', {});
  await media?.close();
  return conclude(world, house, people, mediaFigures);
}

/** Cuts lines here and there, as the networks of communes do. */
async function dropLines(world: World, anHour: number, seats: () => Seat[]): Promise<void> {
  const random = world.random.fork('network');
  if (anHour === 0) return;
  for (;;) {
    const everyMs = hourMs / (anHour * Math.max(1, seats().length));
    if (!(await world.pause(random.around(everyMs)))) return;
    random.pick(seats()).drop(random.around(15_000) * world.pace);
  }
}

async function conclude(
  world: World,
  house: House,
  people: Seat[],
  media: MediaFigures | undefined,
): Promise<boolean> {
  const { tally } = world;
  const watched = [
    house.host,
    ...house.secretaries,
    ...house.halls.map(({ moderator }) => moderator),
    ...people,
  ];
  const current = await atOnce(watched, 20, (seat) => seat.isCurrent());
  const stale = current.filter((isCurrent) => !isCurrent).length;
  for (const seat of watched) seat.close();

  printTable(
    ['command', 'carried out'],
    [...tally.done].sort(([a], [b]) => a.localeCompare(b)),
  );
  if (tally.refused.size > 0) {
    console.log('');
    printTable(
      ['refused', 'times'],
      [...tally.refused].sort(([a], [b]) => a.localeCompare(b)),
    );
  }
  const absurd = [...tally.refused.keys()].filter((key) => unsound.test(key));
  const ok =
    stale === 0 &&
    absurd.length === 0 &&
    tally.commands > 0 &&
    (media === undefined || media.mediaWithoutPicture === 0);
  console.log(
    JSON.stringify({
      name: 'simulate',
      figures: {
        dialogueId: house.dialogueId,
        bridgePoints: house.halls.length,
        participants: people.length,
        commands: tally.commands,
        refused: [...tally.refused.values()].reduce((sum, count) => sum + count, 0),
        drops: tally.drops,
        resent: tally.resent,
        answerP99Ms: Math.round(tally.answerP99Ms),
        notCurrentAtTheEnd: stale,
        ...media,
      },
      ok,
    }),
  );
  return ok;
}

function progressOf({ tally, share }: World, people: number): string {
  const asked = tally.done.get('question.ask') ?? 0;
  const percent = Math.round(share * 100);
  return `${percent} %: ${people} people, ${asked} questions, ${tally.commands} commands, ${tally.drops} drops`;
}

async function serverFor({ url }: SimulateOptions) {
  if (url !== undefined) {
    const username = process.env['SIMULATE_USERNAME'];
    const password = process.env['SIMULATE_PASSWORD'];
    if (!username || !password) {
      throw new Error('with --url, SIMULATE_USERNAME and SIMULATE_PASSWORD name an admin');
    }
    return { server: null, url, admin: { username, password } };
  }
  say('starting a server for this run');
  const dataDir = await temporaryFolder('simulate');
  const server = spawnServerProcess({
    DATA_DIR: dataDir,
    MEDIASOUP_WORKER_BIN: await mediaWorker(),
  });
  const close = async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  const [ready, account] = await Promise.all([
    server.line(/"url":"([^"]+)","msg":"ready"/),
    server.line(/^ {4}(\S+) {3}(\S+)$/),
  ]);
  const own = ready[1]!;
  const admin = await settleIn(own, { username: account[1]!, password: account[2]! });
  return { server: { close }, url: own, admin };
}

/** The first account changes the password that the console showed, as any admin has to. */
async function settleIn(url: string, first: { username: string; password: string }) {
  const browser = new Browser(url);
  const { principal } = await browser.post<Me>('/api/sign-in', first);
  const password = randomUUID() + randomUUID();
  const body = { oldPassword: first.password, newPassword: password };
  await browser.post('/api/password', body, principal);
  return { username: first.username, password };
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
