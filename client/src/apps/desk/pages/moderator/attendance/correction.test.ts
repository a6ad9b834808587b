import { describe, expect, it } from 'vitest';
import { clockOf, corrected, isClock, timeOn } from './correction.ts';

/** 08:05:09.120 in Hanoi. */
const at = Date.UTC(2026, 10, 22, 1, 5, 9, 120);

it.each([
  ['', true],
  ['08:05', true],
  ['8:05', true],
  ['23:59', true],
  ['24:00', false],
  ['8h05', false],
  ['08:60', false],
])('%j is a time: %s', (clock, expected) => {
  expect(isClock(clock)).toBe(expected);
});

describe('times of the city', () => {
  it('stand in a clock field', () => {
    expect(clockOf(at)).toBe('08:05');
    expect(clockOf(Date.UTC(2026, 10, 21, 17, 0))).toBe('00:00');
    expect(clockOf(null)).toBe('');
  });

  it('are read on the day they are about', () => {
    expect(timeOn(at, '07:30')).toBe(Date.UTC(2026, 10, 22, 0, 30));
    expect(timeOn(Date.UTC(2026, 10, 22, 18, 0), '00:15')).toBe(Date.UTC(2026, 10, 22, 17, 15));
    expect(timeOn(at, '')).toBeNull();
  });

  it('stay to the millisecond while nobody changes the minute', () => {
    expect(corrected(at, '08:05', 0)).toBe(at);
    expect(corrected(at, '08:06', 0)).toBe(Date.UTC(2026, 10, 22, 1, 6));
    expect(corrected(null, '', at)).toBeNull();
    expect(corrected(null, '09:00', at)).toBe(Date.UTC(2026, 10, 22, 2, 0));
    expect(corrected(at, '', at)).toBeNull();
  });
});
