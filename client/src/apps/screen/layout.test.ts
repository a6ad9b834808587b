import { describe, expect, it } from 'vitest';
import { placed, screenLayout, screenLayouts } from './layout.ts';
import type { LayoutName, Rect, ScreenLayout } from './layout.ts';

function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

const name = ({ name: layout, minAspect }: ScreenLayout) => `${layout} from ${minAspect}`;
const both = { speaker: true, leader: true, presented: false };
const presented = { speaker: false, leader: false, presented: true };

describe('the screen’s layout', () => {
  it.each([
    [both, 1920 / 1080, 'both'],
    [both, 1366 / 768, 'both'],
    [{ ...both, leader: false }, 16 / 9, 'speaker'],
    [{ ...both, speaker: false }, 16 / 9, 'leader'],
    [{ ...both, speaker: false, leader: false }, 16 / 9, 'words'],
    [{ ...both, speaker: false }, 4 / 3, 'leader'],
    [both, 9 / 16, 'both'],
    [presented, 16 / 9, 'presentedAlone'],
    [{ ...presented, speaker: true }, 16 / 9, 'presentedSpeaker'],
    [{ ...presented, leader: true }, 16 / 9, 'presentedLeader'],
    [{ ...both, presented: true }, 16 / 9, 'presentedSpeaker'],
    [presented, 4 / 3, 'presentedAlone'],
    [{ ...both, presented: true }, 4 / 3, 'presentedSpeaker'],
    [{ ...presented, leader: true }, 4 / 3, 'presentedLeader'],
  ] as const)('for %o at %d is %s', (pictures, aspect, expected: LayoutName) => {
    expect(screenLayout(pictures, aspect).name).toBe(expected);
  });

  it('differs between a wide screen and an old projector', () => {
    expect(screenLayout(both, 16 / 10)).not.toBe(screenLayout(both, 4 / 3));
  });

  describe.each(screenLayouts.map((layout) => [name(layout), layout] as const))('%s', (_, row) => {
    const pictures = [row.presented, row.speaker, row.leader];
    const rects = [...pictures, row.question, row.aside, row.captions].filter(
      (rect) => rect !== null,
    );

    it('stays on the screen', () => {
      for (const { x, y, width, height } of rects) {
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
        expect(Math.max(x + width, y + height)).toBeLessThanOrEqual(100);
      }
    });

    it('covers nothing but the foot of the large picture by the lower third', () => {
      const { question } = row;
      const apart = [...pictures, row.aside, row.captions].filter((rect) => rect !== null);
      apart.forEach((a, index) => {
        for (const b of apart.slice(index + 1)) expect(overlap(a, b)).toBe(false);
      });
      expect(overlap(question, row.aside) || overlap(question, row.captions)).toBe(false);
      const covered = pictures.filter((rect) => rect && overlap(question, rect));
      expect(covered.length).toBeLessThanOrEqual(row.questionPlace === 'over' ? 1 : 0);
      for (const picture of covered.filter((rect) => rect !== null)) {
        expect(picture).not.toBe(row.presented);
        expect(question.y + question.height).toBe(picture.y + picture.height);
        expect(question.height).toBeLessThanOrEqual(picture.height / 3);
      }
    });

    it('has room for its caption rows of letters of 4.8 % of the height', () => {
      // Three rows at 5.4 % of the height a letter, or two at 8.2 %.
      expect(row.captions.height).toBeGreaterThanOrEqual(2 * 8.2 * 1.32);
      expect(row.captions.height).toBeGreaterThanOrEqual(3 * 5.4 * 1.32);
    });

    it('has room for the rows of its question', () => {
      const [whoVh, rowVh, padsVh] = [4.2, row.questionPlace === 'alone' ? 8.1 : 5.1, 1.2];
      const neededVh = whoVh + row.questionLines * rowVh + padsVh;
      expect(row.question.height).toBeGreaterThanOrEqual(neededVh);
    });

    it('has room for the time and the halls that come', () => {
      const [timeVh, titleVh, rowVh] = [7.8, 3.9, 4.75];
      const nextVh = row.nextRows > 0 ? titleVh + row.nextRows * rowVh : 0;
      expect(row.aside.height).toBeGreaterThanOrEqual(timeVh + nextVh);
    });

    it('gives what is presented, or else the speaker, more than half of the width', () => {
      const large = row.presented ?? row.speaker;
      if (large) expect(large.width).toBeGreaterThan(50);
    });
  });
});

it('is placed in parts of the window', () => {
  expect(placed({ x: 1, y: 2, width: 30, height: 40 })).toEqual({
    left: '1vw',
    top: '2vh',
    width: '30vw',
    height: '40vh',
  });
});
