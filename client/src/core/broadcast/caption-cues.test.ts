import type { CaptionFact } from '@nhip-cau/shared/protocol/facts';
import { describe, expect, it } from 'vitest';
import { caption } from '../captions/caption.fixture.ts';
import { CueSchedule } from './caption-cues.ts';
import type { LiveCue } from './caption-cues.ts';

const leader = 'Chủ trì';
const opened = (captions: CaptionFact[] = [], playingAt = 0) => {
  const schedule = new CueSchedule();
  schedule.cues(captions, playingAt, leader);
  return (now: CaptionFact[], at: number) => schedule.cues(now, at, leader);
};
const at = (cues: LiveCue[], time: number) =>
  cues.filter(({ from, until }) => from <= time && time < until).map(({ text }) => text);

/** Ten syllables, said in a second. */
const words = (from: number) =>
  Array.from({ length: 10 }, (_, index) => `tiếng${from + index}`).join(' ');

describe('a caption of the broadcast', () => {
  const said = caption(100_000, 'Xin chào bà con.', { endAt: 102_000 });

  it('is shown when it comes after its sound, for long enough to read', () => {
    const cues = opened()([said], 103_400);
    expect(at(cues, 103_400)).toEqual(['Chủ trì: Xin chào bà con.']);
    expect(at(cues, 104_600)).toHaveLength(1);
    expect(at(cues, 112_000)).toEqual([]);
  });

  it('stays where it is however often it is asked for', () => {
    const cues = opened();
    const first = cues([said], 103_400);
    expect(cues([said], 105_400)).toEqual(first);
  });

  it('is where it was said for a viewer who is far behind', () => {
    const [cue] = opened()([said], 90_000);
    expect(cue).toMatchObject({ from: 100_000 });
  });

  it('that was typed is shown at once, though the picture of then is still to come', () => {
    const typed = caption(104_000, 'Xin chào bà con.', { endAt: null });
    expect(at(opened()([typed], 102_800), 102_800)).toEqual(['Chủ trì: Xin chào bà con.']);
  });

  it('gives way to the next one, once it was read', () => {
    const cues = opened();
    cues([said], 103_400);
    const next = caption(103_000, 'Tôi xin hỏi.', { endAt: 104_000 });
    const both = cues([said, next], 104_000);
    expect(at(both, 104_100)).toEqual(['Chủ trì: Xin chào bà con.']);
    expect(at(both, 105_000)).toEqual(['Tôi xin hỏi.']);
  });

  it('that is long is read in pages of two rows, each for its time, and nothing is left out', () => {
    const long = caption(100_000, [0, 10, 20, 30].map(words).join(' '), { endAt: 115_000 });
    const cues = opened()([long], 116_000);
    expect(cues.length).toBeGreaterThan(3);
    expect(cues.map(({ text }) => text.replaceAll('\n', ' ')).join(' ')).toBe(
      `Chủ trì: ${long.text}`,
    );
    for (const [index, { from, until, text }] of cues.entries()) {
      expect(text.split('\n').length).toBeLessThanOrEqual(2);
      expect(until - from).toBeGreaterThanOrEqual(1_200);
      if (index > 0) expect(from).toBe(cues[index - 1]!.until);
    }
    // Long before as much again has been said.
    expect(cues.at(-1)!.from).toBeLessThan(131_000);
  });

  it('is not shown for its own sake when it was said long ago', () => {
    expect(at(opened()([said], 150_000), 150_000)).toEqual([]);
  });

  it('is the newest of each track for whoever comes late, and no other', () => {
    const next = caption(103_000, 'Tôi xin hỏi.', { endAt: 104_000 });
    const english = caption(103_500, 'May I ask.', { endAt: null, track: 'en' });
    const schedule = new CueSchedule();
    const cues = schedule.cues([said, next, english], 106_000, leader);
    expect(at(cues, 106_000)).toEqual(['Tôi xin hỏi.', 'Chủ trì: May I ask.']);
  });

  it('is text, whatever is in it', () => {
    const typed = caption(100_000, 'Từ <b>2 & 3</b>.');
    expect(at(opened()([typed], 101_000), 101_000)).toEqual([
      'Chủ trì: Từ &lt;b&gt;2 &amp; 3&lt;/b&gt;.',
    ]);
  });

  it('is gone when it was taken out', () => {
    const cues = opened();
    cues([said], 103_400);
    expect(cues([], 104_000)).toEqual([]);
  });
});

it('what is said faster than it is read is caught up with', () => {
  const cues = opened();
  // Two hundred seconds of 25 characters a second: each line comes a second after its end.
  const lines = Array.from({ length: 50 }, (_, index) => {
    const from = 100_000 + index * 4_000;
    return caption(from, words(index).repeat(2).slice(0, 100), { endAt: from + 4_000 });
  });
  let last: LiveCue[] = [];
  for (const index of lines.keys()) {
    last = cues(lines.slice(Math.max(0, index - 15), index + 1), 105_000 + index * 4_000);
  }
  expect(last.at(-1)!.from - lines.at(-1)!.at).toBeLessThan(20_000);
});
