import { describe, expect, it } from 'vitest';
import type { EditList } from '../../dialogue/recording/edit-list.ts';
import type { StoredTrack } from '../library.ts';
import { concatList, pieceArguments } from './piece-command.ts';
import { piecesOf } from './pieces.ts';

const base = 1_000_000;

/** A track from `from` to `until`, in seconds after `base`, in segments of ten. */
function track(hall: string, source: 'camera' | 'microphone', from: number, until: number) {
  const segments = [];
  for (let at = from; at < until; at += 10) {
    const [startMs, endMs] = [at - from, Math.min(at + 10, until) - from].map((s) => s * 1_000);
    segments.push({ file: `${segments.length}.mkv`, startMs: startMs!, endMs: endMs! });
  }
  return {
    id: `${hall}-${source}-${from}`,
    dir: `/tracks/${hall}-${source}-${from}`,
    bridgePointId: hall,
    source,
    turnId: null,
    codec: { mimeType: '', clockRate: 90_000, payloadType: 96, parameters: {} },
    startedAt: base + from * 1_000,
    points: [{ atMs: 0, epochMs: base + from * 1_000 }],
    segments,
    bytes: 0,
  } satisfies StoredTrack;
}

function list(...scenes: [from: number, until: number, speaker: string | null][]): EditList {
  return {
    centralId: 'c',
    halls: new Map([
      ['c', 'Hà Nội'],
      ['h', 'Ba Vì 07'],
    ]),
    chapters: [],
    scenes: scenes.map(([from, until, speakerId]) => ({
      startAt: base + from * 1_000,
      endAt: base + until * 1_000,
      speakerId,
      isHeld: false,
    })),
  };
}

const host = [track('c', 'camera', 0, 100), track('c', 'microphone', 0, 100)];
const hall = [track('h', 'camera', 20, 40), track('h', 'microphone', 20, 40)];

const seen = (pieces: ReturnType<typeof piecesOf>) =>
  pieces.map(({ frames, hall: name, large, inset, sounds }) => [
    frames,
    name,
    large?.dir.split('/')[2] ?? null,
    inset?.dir.split('/')[2] ?? null,
    sounds.length,
  ]);

describe('pieces', () => {
  it('show the host alone, then the speaker large and the host beside', () => {
    expect(seen(piecesOf(list([0, 20, null], [20, 40, 'h']), [...host, ...hall]))).toEqual([
      [500, 'Hà Nội', 'c-camera-0', null, 1],
      [500, 'Ba Vì 07', 'h-camera-20', 'c-camera-0', 2],
    ]);
  });

  it('show the card of a hall without a picture', () => {
    const pieces = piecesOf(list([20, 40, 'h']), [...host, hall[1]!]);
    expect(seen(pieces)).toEqual([[500, 'Ba Vì 07', null, 'c-camera-0', 2]]);
  });

  it('end where a camera comes or goes, but not for a moment', () => {
    const late = track('h', 'camera', 25, 40);
    expect(seen(piecesOf(list([20, 40, 'h']), [...host, late]))).toEqual([
      [125, 'Ba Vì 07', null, 'c-camera-0', 1],
      [375, 'Ba Vì 07', 'h-camera-25', 'c-camera-0', 1],
    ]);
    const nearly = track('h', 'camera', 20.3, 40);
    expect(seen(piecesOf(list([20, 40, 'h']), [...host, nearly]))).toEqual([
      [500, 'Ba Vì 07', 'h-camera-20.3', 'c-camera-0', 1],
    ]);
  });

  it('are short, and lose no frame to rounding', () => {
    const pieces = piecesOf(
      list([0, 20.01, null], [20.01, 20.03, null], [20.03, 95.02, null]),
      host,
    );
    expect(pieces.map(({ frames }) => frames)).toEqual([500, 1, 750, 750, 375]);
  });

  it('have all of a sound whose track changed on the way', () => {
    const microphones = [track('h', 'microphone', 20, 32), track('h', 'microphone', 35, 50)];
    const camera = track('h', 'camera', 20, 50);
    const [piece] = piecesOf(list([20, 50, 'h']), [camera, ...microphones]);
    expect(piece?.sounds.map(({ dir, delayMs }) => [dir, delayMs])).toEqual([
      ['/tracks/h-microphone-20', 0],
      ['/tracks/h-microphone-35', 15_000],
    ]);
  });

  it('begin in the segment that holds their beginning', () => {
    const [piece] = piecesOf(list([15, 18, null]), host);
    expect(piece?.large).toEqual({
      dir: '/tracks/c-camera-0',
      segments: [{ file: '1.mkv', startMs: 10_000, endMs: 20_000 }],
      offsetMs: 5_000,
      delayMs: 0,
    });
  });
});

it('quotes what ffmpeg reads', () => {
  const segments = [{ file: '0.mkv', startMs: 0, endMs: 1_040 }];
  const take = { dir: "/it's", segments, offsetMs: 0, delayMs: 0 };
  expect(concatList(take)).toBe("ffconcat version 1.0\nfile '/it'\\''s/0.mkv'\nduration 1.040\n");
});

it('makes silence and the card where there is nothing', () => {
  const args = pieceArguments(
    { frames: 25, hall: 'X', large: null, inset: null, sounds: [] },
    3,
    'F',
  );
  const graph = args[args.indexOf('-filter_complex') + 1];
  expect(graph).toContain('anullsrc');
  expect(graph).toContain('atrim=end_sample=48000');
  expect(graph).not.toContain('overlay');
});
