import { expect, it } from 'vitest';
import { cityDay, fromCityInput, toCityInput } from './cityTime.ts';

it('reads and shows a time on the city’s clock, wherever the browser is', () => {
  const morning = Date.UTC(2026, 10, 21, 1, 30);
  expect(toCityInput(morning)).toBe('2026-11-21T08:30');
  expect(fromCityInput('2026-11-21T08:30')).toBe(morning);
  expect(cityDay(Date.UTC(2026, 10, 21, 17))).toBe('2026-11-22');
});

it('takes an unfinished time for none', () => {
  expect(fromCityInput('')).toBeNull();
});
