import { expect, test } from 'vitest';
import { Random } from '../../simulator/random.ts';
import { countCommands, drawCommandFault, planRounds } from './plan.ts';

const size = { rounds: 10, questionsPerRound: 40, captionsPerRound: 3, persons: 8 };

test('the same seed gives the same plan, another seed another one', () => {
  const plan = planRounds(new Random('5'), size);
  expect(planRounds(new Random('5'), size)).toEqual(plan);
  expect(planRounds(new Random('6'), size)).not.toEqual(plan);
});

test('every plan kills the server, a backend and the postmaster in its first three rounds', () => {
  for (let seed = 0; seed < 50; seed += 1) {
    const kinds = planRounds(new Random(String(seed)), { ...size, rounds: 3 }).map(
      ({ kill }) => kill.kind,
    );
    expect(kinds.sort()).toEqual(['backend', 'postmaster', 'server']);
  }
});

test('questions have names of their own and are shared out evenly', () => {
  const questions = planRounds(new Random('1'), size).flatMap((round) => round.questions);
  expect(new Set(questions.map(({ questionId }) => questionId)).size).toBe(400);
  const each = Object.values(Object.groupBy(questions, ({ person }) => person));
  expect(each.map((own) => own?.length)).toEqual(Array.from({ length: 8 }, () => 50));
});

test('a round has one command for each asking, each step after it and each caption', () => {
  const [round] = planRounds(new Random('1'), size);
  const questions = [
    { ...round!.questions[0]!, atHall: ['edit', 'forward'], atCity: ['accept'] },
    { ...round!.questions[1]!, atHall: ['return'], atCity: [] },
  ] as const;
  expect(countCommands({ ...round!, questions: [...questions] })).toBe(9);
});

test('commands meet every fault, most of them none', () => {
  const random = new Random('3');
  const faults = Array.from({ length: 2_000 }, () => drawCommandFault(random));
  const kinds = new Set(faults.map(({ line, duplicate }) => line?.kind ?? duplicate ?? 'none'));
  expect(kinds).toEqual(
    new Set(['none', 'cutMessage', 'cutAnswer', 'straggler', 'delay', 'now', 'late']),
  );
  const unharmed = faults.filter(({ line, duplicate }) => line === null && duplicate === null);
  expect(unharmed.length / faults.length).toBeCloseTo(0.7, 1);
});
