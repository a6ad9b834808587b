import { describe, expect, it } from 'vitest';
import { maxNames, speakerOfKey, speakersOf, withName } from './speakers.ts';

const named = (count: number) => Array.from({ length: count }, (_, at) => `Người ${at + 1}`);

describe('speakers by key', () => {
  it.each([
    ['F1', { by: 'host', name: null }],
    ['F2', { by: 'turn', name: null }],
    ['F3', { by: 'host', name: 'Người 1' }],
    ['F6', { by: 'host', name: 'Người 3' }],
    ['F5', null],
    ['F9', null],
    ['a', null],
  ])('%s', (key, speaker) => {
    expect(speakerOfKey(key, named(3))).toEqual(speaker);
  });

  it('are as many as there are keys', () => {
    expect(speakersOf(named(20))).toHaveLength(maxNames + 2);
  });
});

describe('a name that is given', () => {
  it.each([
    [[], '  Giám  đốc Sở ', ['Giám đốc Sở']],
    [['A', 'B'], 'A', ['A', 'B']],
    [['A'], ' ', ['A']],
  ])('to %j: %j', (names, name, after) => {
    expect(withName(names, name)).toEqual(after);
  });

  it('takes the last key when all are given', () => {
    const after = withName(named(maxNames), 'Người mới');
    expect(after).toEqual([...named(maxNames - 1), 'Người mới']);
  });
});
