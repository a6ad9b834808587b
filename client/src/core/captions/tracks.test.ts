import { expect, it } from 'vitest';
import { tracksOf, trackShown } from './tracks.ts';

it.each([
  ['en', ['vi', 'en'], 'en'],
  // Chosen at another dialogue: nobody interprets at this one.
  ['en', ['vi'], 'vi'],
  ['en', [], 'vi'],
  ['vi', ['fr', 'vi'], 'vi'],
  ['vi', ['fr'], 'fr'],
])('whoever chose %s of %o reads %s', (wanted, tracks, shown) => {
  expect(trackShown(wanted, tracks)).toBe(shown);
});

it('is there once for each language', () => {
  expect(tracksOf([{ track: 'vi' }, { track: 'en' }, { track: 'vi' }])).toEqual(['vi', 'en']);
});
