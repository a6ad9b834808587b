import { expect, it } from 'vitest';
import { SpokenWords } from './spoken-words.ts';

function open() {
  const told: { dialogueId: string; texts: string[] }[] = [];
  const words = new SpokenWords((dialogueId, lines) =>
    told.push({ dialogueId, texts: lines.map(({ text }) => text) }),
  );
  const say = (runId: string, text: string, now: number, dialogueId = 'd') =>
    words.set(dialogueId, { runId, bridgePointName: 'Ba Đình', isHost: false, text, at: 0 }, now);
  return { words, told, say };
}

it('tells the first words at once, later ones five times a second, and the last in any case', () => {
  const { words, told, say } = open();
  for (let now = 1_000; now < 2_000; now += 10) {
    words.handleTime(now);
    say('a', `${now}`, now);
  }
  words.handleTime(2_100);
  expect(told.map(({ texts }) => texts[0])).toEqual([
    '1000',
    '1190',
    '1390',
    '1590',
    '1790',
    '1990',
  ]);
});

it('tells all that speak together, and that nobody does any more', () => {
  const { words, told, say } = open();
  say('a', 'xin', 1_000);
  say('b', 'kính', 1_050);
  words.handleTime(1_200);
  words.clear('d', 'a', 1_400);
  words.clear('d', 'b', 1_600);
  words.clear('d', 'b', 1_800);
  words.handleTime(2_000);
  expect(told.map(({ texts }) => texts)).toEqual([['xin'], ['xin', 'kính'], ['kính'], []]);
});

it('keeps dialogues apart and masks what captions do not show', () => {
  const { told, say } = open();
  say('a', 'gọi số 0912 345 678', 1_000);
  say('b', 'xin chào', 1_001, 'e');
  expect(told).toEqual([
    { dialogueId: 'd', texts: ['gọi số •••'] },
    { dialogueId: 'e', texts: ['xin chào'] },
  ]);
});
