import { expect, test } from 'vitest';
import { ReaderBusy } from '../dialogue/attachments/ports.ts';
import { Turns } from './turns.ts';

function setUp(limits = { atOnce: 2, waiting: 10 }) {
  const turns = new Turns(limits);
  const running = new Map<string, () => void>();
  const take = (name: string, guest?: string) =>
    turns.take(guest, () => new Promise<void>((resolve) => running.set(name, resolve)));
  const names = async () => {
    await new Promise(setImmediate);
    return [...running.keys()];
  };
  const end = (name: string) => {
    running.get(name)!();
    running.delete(name);
    return names();
  };
  return { take, end, names };
}

test('guests have one turn at a time, and leave the other to people with a session', async () => {
  const { take, end, names } = setUp();
  void take('a1', 'a');
  void take('a2', 'a');
  void take('b1', 'b');
  expect(await names()).toEqual(['a1']);
  void take('member');
  expect(await names()).toEqual(['a1', 'member']);
  void take('next member');
  expect(await end('a1')).toEqual(['member', 'next member']);
  // Not the one who was served last.
  expect(await end('member')).toEqual(['next member', 'b1']);
  expect(await end('b1')).toEqual(['next member', 'a2']);
});

test('no more wait than may, and guests that wait keep out nobody else', async () => {
  const { take, names } = setUp({ atOnce: 1, waiting: 1 });
  void take('a1', 'a');
  void take('a2', 'a');
  await expect(take('a3', 'a')).rejects.toThrow(ReaderBusy);
  void take('member');
  await expect(take('another')).rejects.toThrow(ReaderBusy);
  expect(await names()).toEqual(['a1']);
});
