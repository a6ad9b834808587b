import { lead } from './host.ts';
import { atOnce, type House, join } from './house.ts';
import { Memory } from './memory.ts';
import { moderate } from './moderator.ts';
import { participate } from './participant.ts';
import type { Seat } from './seat.ts';
import { keepQueue } from './secretary.ts';
import type { World } from './world.ts';

export interface HoldOptions {
  /** The server's. */
  url: string;
  house: House;
  world: World;
  participants: number;
  /** How often a line drops, for each seat and hour of a natural dialogue. */
  dropsAnHour: number;
  /** Told now and then how far it is. */
  say: (line: string) => void;
}

const hourMs = 3_600_000;
const sayEveryMs = 10_000;
const joinAtOnce = 50;

/** Lets everybody live in the dialogue until the world is over; gives the people that came. */
export async function hold(options: HoldOptions): Promise<Seat[]> {
  const { url, house, world, participants, say } = options;
  const { halls, host, secretaries, dialogueId, agencies } = house;
  const memory = new Memory();
  const people: Seat[] = [];
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
  const arrivals = atOnce(Array.from({ length: participants }), joinAtOnce, async (_, index) => {
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
  const reporting = setInterval(() => say(progressOf(world, people.length)), sayEveryMs);
  await world.until(1);
  clearInterval(reporting);
  world.stop();
  await arrivals;
  await Promise.all(lives);
  return people;
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

function progressOf({ tally, share }: World, people: number): string {
  const asked = tally.done.get('question.ask') ?? 0;
  const percent = Math.round(share * 100);
  return `${percent} %: ${people} people, ${asked} questions, ${tally.commands} commands, ${tally.drops} drops`;
}
