import { describe, expect, it } from 'vitest';
import type { Rung } from '@nhip-cau/shared/protocol/media';
import { Ladder } from './ladder.ts';
import type { LineSample } from './ladder.ts';

const good: LineSample = { elapsedMs: 2_000, packets: 500, lost: 0, concealed: 0, frozen: 0 };
const usual: LineSample = { ...good, lost: 0.05 };
const lossy: LineSample = { ...good, lost: 0.2 };
const broken: LineSample = { ...good, lost: 0.5 };
const freezing: LineSample = { ...usual, frozen: 0.6 };
const choppy: LineSample = { ...usual, concealed: 0.1 };
const busy: LineSample = { ...good, frozen: 0.6, concealed: 0.3 };
const fair: LineSample = { ...good, lost: 0.1 };
const nothing: LineSample = { ...good, packets: 0 };

/** The rung after each sample. */
function walk(samples: readonly LineSample[], from: Rung = 'video'): Rung[] {
  const ladder = new Ladder(from);
  return samples.map((sample) => ladder.handleSample(sample));
}

const times = (count: number, sample: LineSample) => Array<LineSample>(count).fill(sample);

describe('the ladder', () => {
  it.each<[string, Rung, LineSample[], Rung]>([
    ['stays up on a good line', 'video', times(20, good), 'video'],
    ['bears the loss that is usual', 'video', times(20, usual), 'video'],
    ['climbs on a line with the usual loss', 'small', times(5, usual), 'video'],
    ['does not blame the line for a busy computer', 'video', times(20, busy), 'video'],
    ['bears one poor moment', 'video', [good, lossy, good, good], 'video'],
    ['falls after two', 'video', [good, lossy, lossy], 'small'],
    ['falls at once when most is lost', 'video', [good, broken], 'small'],
    ['falls when pictures stand still', 'video', [freezing, freezing], 'small'],
    ['falls when the sound is made up', 'video', [choppy, choppy], 'small'],
    ['does not mind that a still stands still', 'still', times(3, freezing), 'still'],
    ['falls no further than captions', 'captions', times(4, broken), 'captions'],
    ['stays where nothing flows', 'small', times(40, nothing), 'small'],
    ['stays on a fair line', 'small', times(40, fair), 'small'],
    ['climbs after ten good seconds', 'small', times(5, good), 'video'],
    ['does not climb sooner', 'small', times(4, good), 'small'],
    [
      'starts to count again after a poor moment',
      'small',
      [...times(4, good), fair, good],
      'small',
    ],
    ['tries from captions after half a minute', 'captions', times(15, nothing), 'audio'],
    ['does not try sooner', 'captions', times(14, nothing), 'captions'],
  ])('%s', (_, from, samples, expected) => {
    expect(walk(samples, from).at(-1)).toBe(expected);
  });

  it('falls all the way while the line stays broken, a rung at a time', () => {
    expect(walk(times(9, broken))).toEqual([
      'small',
      'small',
      'still',
      'still',
      'audio',
      'audio',
      'captions',
      'captions',
      'captions',
    ]);
  });

  it('climbs back to the top when the line has recovered', () => {
    const rungs = walk([...times(7, broken), ...times(60, good)]);
    expect(rungs[6]).toBe('captions');
    expect(rungs.at(-1)).toBe('video');
  });

  it('waits twice as long after each climb that was too early', () => {
    const ladder = new Ladder('small');
    const climbed: number[] = [];
    let seconds = 0;
    for (let round = 0; round < 4; round += 1) {
      const start = seconds;
      while (ladder.handleSample(good) === 'small') seconds += 2;
      climbed.push(seconds - start);
      while (ladder.handleSample(lossy) === 'video') seconds += 2;
    }
    expect(climbed).toEqual([8, 20, 40, 80]);
  });

  it('trusts a line again that held after a climb', () => {
    const ladder = new Ladder('small');
    const fall = () => {
      while (ladder.handleSample(lossy) === 'video');
    };
    const climb = () => {
      let samples = 0;
      while (ladder.handleSample(good) === 'small') samples += 1;
      return samples;
    };
    climb();
    fall();
    const distrusted = climb();
    for (const sample of times(12, good)) ladder.handleSample(sample);
    fall();
    expect(climb()).toBeLessThan(distrusted);
  });
});
