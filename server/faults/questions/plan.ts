import type { Random } from '../../simulator/random.ts';
import { shuffle, uuidOf, weigh } from '../support/chance.ts';
import type { LineFault } from '../support/line.ts';

/** What is killed with `SIGKILL`, one after the other. */
export const killKinds = {
  none: [],
  server: ['server'],
  backend: ['backend'],
  postmaster: ['postmaster'],
  serverThenPostmaster: ['server', 'postmaster'],
  postmasterThenServer: ['postmaster', 'server'],
  backendThenServer: ['backend', 'server'],
} as const;

export type KillKind = keyof typeof killKinds;
export type Victim = (typeof killKinds)[KillKind][number];

export interface KillPlan {
  kind: KillKind;
  /** After this share (0 to 1) of the round's commands is answered, and then so many ms more. */
  share: number;
  delayMs: number;
  /** Between the first and the second victim, in ms. */
  gapMs: number;
}

/** A question's way: asked by a person, then what the hall and the city do with it. */
export interface QuestionPlan {
  questionId: string;
  person: number;
  text: string;
  atHall: readonly HallStep[];
  atCity: readonly CityStep[];
}

type HallStep = 'edit' | 'forward' | 'return';
type CityStep = 'accept' | 'move';

export interface CaptionPlan {
  lineId: string;
  text: string;
}

export interface RoundPlan {
  questions: QuestionPlan[];
  /** What is said meanwhile, for everybody to read. */
  captions: CaptionPlan[];
  kill: KillPlan;
}

export interface Size {
  rounds: number;
  questionsPerRound: number;
  captionsPerRound: number;
  persons: number;
}

const hallWays = {
  forward: ['forward'],
  editAndForward: ['edit', 'forward'],
  return: ['return'],
} as const;

const cityWays = { leave: [], accept: ['accept'], acceptAndMove: ['accept', 'move'] } as const;

/** Everything that the program decides beforehand; the same seed gives the same plan. */
export function planRounds(
  random: Random,
  { rounds, questionsPerRound, captionsPerRound, persons }: Size,
) {
  const kills = planKills(random.fork('kills'), rounds);
  const ways = random.fork('ways');
  return kills.map((kill, round): RoundPlan => {
    const questions = Array.from({ length: questionsPerRound }, (_, index): QuestionPlan => {
      const atHall = hallWays[weigh(ways, { forward: 70, editAndForward: 15, return: 15 })];
      const atCity = cityWays[weigh(ways, { leave: 60, accept: 30, acceptAndMove: 10 })];
      return {
        questionId: uuidOf(ways),
        person: index % persons,
        text: `Kiến nghị ${index + 1} của lượt ${round + 1}: ${'đường, nước, trường học. '.repeat(ways.int(1, 6))}`,
        atHall,
        atCity: atHall.at(-1) === 'forward' ? atCity : [],
      };
    });
    const captions = Array.from({ length: captionsPerRound }, (_, index) => ({
      lineId: uuidOf(ways),
      text: `Lời thứ ${index + 1} của lượt ${round + 1}`,
    }));
    return { questions, captions, kill };
  });
}

/** Commands of a round, duplicates not counted. */
export function countCommands({ questions, captions }: RoundPlan): number {
  return questions.reduce(
    (sum, { atHall, atCity }) => sum + 1 + atHall.length + atCity.length,
    captions.length,
  );
}

/** Each plain kill among the first, then a full deck after the other. */
function planKills(random: Random, rounds: number): KillPlan[] {
  const kinds: KillKind[] = shuffle(random, ['server', 'backend', 'postmaster'] as const);
  while (kinds.length < rounds)
    kinds.push(...shuffle(random, Object.keys(killKinds) as KillKind[]));
  return kinds.slice(0, rounds).map((kind) => ({
    kind,
    share: 0.05 + 0.8 * random.next(),
    delayMs: random.int(0, 40),
    gapMs: random.int(0, 600),
  }));
}

export interface CommandFault {
  line: LineFault | null;
  /** Sent a second time at once, or again after later ones. */
  duplicate: 'now' | 'late' | null;
}

/** What happens to one command on its way, for the first time it is sent. */
export function drawCommandFault(random: Random): CommandFault {
  const kind = weigh(random, {
    none: 70,
    cutMessage: 5,
    cutAnswer: 5,
    straggler: 5,
    delay: 5,
    duplicateNow: 5,
    duplicateLate: 5,
  });
  const share = 0.05 + 0.9 * random.next();
  const delayMs = random.int(20, 600);
  switch (kind) {
    case 'none':
      return { line: null, duplicate: null };
    case 'duplicateNow':
      return { line: null, duplicate: 'now' };
    case 'duplicateLate':
      return { line: null, duplicate: 'late' };
    case 'cutMessage':
    case 'cutAnswer':
      return { line: { kind, share }, duplicate: null };
    case 'straggler':
    case 'delay':
      return { line: { kind, delayMs }, duplicate: null };
  }
}
