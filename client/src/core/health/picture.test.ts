import { describe, expect, it } from 'vitest';
import { lightness, PictureJudge, probeHeight, probeWidth } from './picture.ts';

const size = probeWidth * probeHeight;
const flat = (value: number) => new Float32Array(size).fill(value);
/** A picture with a little noise, another at each look. */
const living = (look: number, value = 120) =>
  new Float32Array(size).map((_, point) => value + ((point * 7 + look * 3) % 5));

describe('a picture', () => {
  it.each<[string, Float32Array[], string]>([
    ['lives', [living(0), living(1), living(2), living(3), living(4)], 'ok'],
    ['is of a dim hall', [living(0, 26), living(1, 26)], 'ok'],
    ['is of a covered lens', [living(0, 3), living(1, 3)], 'black'],
    ['stands still', [flat(90), flat(90), flat(90), flat(90)], 'frozen'],
    ['is not judged as frozen too soon', [flat(90), flat(90), flat(90)], 'ok'],
    ['moves again', [flat(90), flat(90), flat(90), flat(90), living(0)], 'ok'],
  ])('%s', (_case, looks, expected) => {
    const judge = new PictureJudge();
    expect(looks.map((points) => judge.look(points)).at(-1)).toBe(expected);
  });

  it('is black under the clock that a camera writes into a corner', () => {
    const points = flat(2);
    points.fill(255, 0, Math.floor(size * 0.03));
    expect(new PictureJudge().look(points)).toBe('black');
  });

  it('that begins anew is not compared with the one before', () => {
    const judge = new PictureJudge();
    for (let look = 0; look < 4; look += 1) judge.look(flat(90));
    judge.reset();
    expect(judge.look(flat(90))).toBe('ok');
  });

  it('has its lightness from its colours', () => {
    const rgba = new Uint8ClampedArray([255, 255, 255, 255, 0, 255, 0, 255]);
    expect([...lightness(rgba)].map(Math.round)).toEqual([255, 150]);
  });
});
