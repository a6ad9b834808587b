import { rm } from 'node:fs/promises';
import { printTable } from '../bench/report.ts';
import { temporaryFolder } from '../load/database.ts';
import { hold } from './hold.ts';
import { atOnce, buildHouse, type House } from './house.ts';
import { HouseMedia, type MediaFigures } from './media.ts';
import { type Admin, startOwnServer } from './own-server.ts';
import { Random } from './random.ts';
import type { Seat } from './seat.ts';
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

async function play(options: SimulateOptions & { url: string; admin: Admin }): Promise<boolean> {
  const { bridgePoints, participants, minutes, seed, url } = options;
  const world = new World({ random: new Random(seed), lengthMs: minutes * minuteMs });
  const house = await buildHouse({ ...options, world, say });
  world.begin();
  say(`${bridgePoints} halls, ${participants} people, ${minutes} minutes at ${url}`);
  const media = options.hasMedia ? await HouseMedia.open(house, url, world) : null;
  const people = await hold({ ...options, house, world, say });
  const mediaFigures = await media?.conclude(say);
  await house.secretaries[0]?.send('dialogue.end', {});
  await media?.close();
  return conclude(world, house, people, mediaFigures);
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
  const { stop, ...own } = await startOwnServer(dataDir);
  const close = async () => {
    await stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { server: { close }, url: own.url, admin: own.admin };
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
