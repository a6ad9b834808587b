import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Intake, isCommand } from './intake.ts';

function openIntake(most: number) {
  const intake = new Intake(most);
  const read: string[] = [];
  const send = (...texts: string[]) => {
    for (const text of texts) {
      intake.take(text, () => {
        read.push(text);
        intake.handleRead();
      });
    }
  };
  return { intake, read, send };
}

test('a command is read at once as long as few are under way', () => {
  const { read, send } = openIntake(2);
  send('a', 'b');
  expect(read).toEqual(['a', 'b']);
});

test('more wait for answers, and are read in the order in which they came', async () => {
  const { intake, read, send } = openIntake(2);
  send('a', 'b', 'c', 'd', 'e');
  expect(read).toEqual(['a', 'b']);
  intake.handleAnswered();
  // Who comes now does not come before those that wait.
  send('f');
  expect(read).toEqual(['a', 'b']);
  await setImmediate();
  expect(read).toEqual(['a', 'b', 'c']);
  intake.handleAnswered();
  intake.handleAnswered();
  await setImmediate();
  send('g');
  expect(read).toEqual(['a', 'b', 'c', 'd', 'e']);
  intake.handleAnswered();
  intake.handleAnswered();
  await setImmediate();
  expect(read).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
});

test('what turns out to be no command keeps no place', async () => {
  const { intake, read, send } = openIntake(1);
  send('a');
  intake.take('gone', () => read.push('gone'));
  send('b');
  intake.handleAnswered();
  await setImmediate();
  expect(read).toEqual(['a', 'gone', 'b']);
});

test.each<[unknown, boolean]>([
  ['21["command",{}]', true],
  ['212["command"]', true],
  ['2["command",{}]', false],
  ['21["commander",{}]', false],
  ['21["sync",{}]', false],
  [Buffer.from('21["command",{}]'), false],
])('%s is a command that awaits an answer: %s', (text, expected) => {
  expect(isCommand(text)).toBe(expected);
});
