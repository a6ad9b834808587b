import { describe, expect, it } from 'vitest';
import {
  formatCount,
  formatDate,
  formatDateTime,
  formatDuration,
  formatShare,
  formatTime,
} from './format.ts';

const morning = Date.parse('2026-11-21T01:05:00Z');

describe('format', () => {
  it.each([
    [0, '00:00'],
    [999, '00:00'],
    [61_000, '01:01'],
    [180_000, '03:00'],
    [3_600_000, '1:00:00'],
    [-5000, '00:00'],
  ])('shows %d ms as %s', (durationMs, shown) => {
    expect(formatDuration(durationMs)).toBe(shown);
  });

  it('shows the city’s time wherever the reader is', () => {
    expect(formatTime(morning)).toBe('08:05');
    expect(formatDate(morning)).toBe('21/11/2026');
    expect(formatDateTime(morning, 'en')).toBe('08:05 21/11/2026');
  });

  it('keeps a calendar day the same day', () => {
    expect(formatDate('2026-12-01')).toBe('01/12/2026');
  });

  it('groups counts and shares in the reader’s way', () => {
    expect(formatCount(15000)).toBe('15.000');
    expect(formatCount(15000, 'en')).toBe('15,000');
    expect(formatShare(336 / 422)).toBe('79,6%');
  });
});
