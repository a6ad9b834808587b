import { describe, expect, it } from 'vitest';
import { changedEnough, type PageHealth } from './health.ts';

const told: PageHealth = {
  picture: 'ok',
  sound: 'ok',
  echo: false,
  levelDbfs: -30,
  upKbps: 1_000,
  downKbps: 2_000,
  upLossPercent: 0,
  downLossPercent: 1,
  rttMs: 50,
  freezes: 0,
  clockOffsetMs: 100,
};

describe('what a page measured is told again', () => {
  it.each<[string, Partial<PageHealth>, boolean]>([
    ['nothing changed', {}, false],
    ['the picture went black', { picture: 'black' }, true],
    ['the microphone fell silent', { sound: 'silent' }, true],
    ['an echo began', { echo: true }, true],
    ['somebody speaks a little louder', { levelDbfs: -24 }, false],
    ['the level fell by twelve decibels', { levelDbfs: -42 }, true],
    ['the way up wavers', { upKbps: 1_250 }, false],
    ['the way up is a third less', { upKbps: 650 }, true],
    ['the way down is gone from the figures', { downKbps: null }, true],
    ['one packet in a hundred', { upLossPercent: 1 }, false],
    ['one in twenty', { upLossPercent: 5 }, true],
    ['a little later', { rttMs: 80 }, false],
    ['much later', { rttMs: 120 }, true],
    ['one freeze', { freezes: 1 }, false],
    ['two freezes', { freezes: 2 }, true],
    ['the clock drifts', { clockOffsetMs: 900 }, false],
    ['the clock was set', { clockOffsetMs: -7_200_000 }, true],
  ])('%s', (_case, change, expected) => {
    expect(changedEnough(told, { ...told, ...change })).toBe(expected);
  });

  it('at the first time, always', () => expect(changedEnough(null, told)).toBe(true));

  it('weighs a great figure by its share', () => {
    const far = { ...told, rttMs: 600 };
    expect(changedEnough(far, { ...far, rttMs: 700 })).toBe(false);
    expect(changedEnough(far, { ...far, rttMs: 900 })).toBe(true);
  });
});
