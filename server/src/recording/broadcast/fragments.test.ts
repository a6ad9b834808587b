import { expect, it } from 'vitest';
import { FragmentCutter } from './fragments.ts';

function box(type: string, ...content: Buffer[]): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(8 + content.reduce((sum, part) => sum + part.length, 0));
  return Buffer.concat([size, Buffer.from(type, 'latin1'), ...content]);
}

const numbers = (...values: number[]) => {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, index) => bytes.writeUInt32BE(value >>> 0, 4 * index));
  return bytes;
};

const trak = (id: number, kind: string, rate: number) =>
  box(
    'trak',
    box('tkhd', numbers(0, 0, 0, id)),
    box('mdia', box('mdhd', numbers(0, 0, 0, rate)), box('hdlr', numbers(0, 0), Buffer.from(kind))),
  );
const ftyp = box('ftyp', Buffer.from('iso5'));
const moov = box('moov', trak(1, 'soun', 48_000), trak(2, 'vide', 12_800));
const mdat = box('mdat', Buffer.from('pictures and sound'));
const [key, delta] = [0x02000000, 0x01010000];
/** Defaults of duration (0x08), size (0x10) and flags (0x20). */
const tfhd = (id: number, flags: number) => box('tfhd', numbers(0x38, id, 512, 0, flags));
const moof = (...trafs: Buffer[]) => box('moof', box('mfhd', numbers(0, 1)), ...trafs);
const sound = box('traf', tfhd(1, 0), box('trun', numbers(0, 10)));

/** How long, and whether independent, by the runs of its pictures. */
function read(...truns: Buffer[]) {
  const cutter = new FragmentCutter();
  const traf = box('traf', tfhd(2, delta), ...truns);
  return cutter
    .take(Buffer.concat([ftyp, moov, moof(sound, traf), mdat]))
    .flatMap((piece) =>
      piece.kind === 'fragment' ? [[piece.durationS, piece.isIndependent]] : [],
    );
}

it.each([
  ['by the defaults', [box('trun', numbers(0, 5))], 0.2, false],
  ['by the flags of its first picture', [box('trun', numbers(0x05, 5, 99, key))], 0.2, true],
  ['by each picture', [box('trun', numbers(0x700, 2, 256, 9, key, 1_024, 9, delta))], 0.1, true],
  [
    'over all its runs',
    [box('trun', numbers(0x04, 1, key)), box('trun', numbers(0, 4))],
    0.2,
    true,
  ],
])('reads a fragment %s', (_, truns, durationS, isIndependent) => {
  expect(read(...truns)).toEqual([[durationS, isIndependent]]);
});

it('cuts a stream wherever its chunks end', () => {
  const picture = box('traf', tfhd(2, key), box('trun', numbers(0, 5)));
  const first = Buffer.concat([moof(sound, picture), mdat]);
  const stream = Buffer.concat([ftyp, moov, first, box('free'), first]);
  const cutter = new FragmentCutter();
  const pieces = [...stream].flatMap((byte) => cutter.take(Buffer.of(byte)));
  expect(pieces.map(({ kind, bytes }) => [kind, bytes])).toEqual([
    ['init', Buffer.concat([ftyp, moov])],
    ['fragment', first],
    ['fragment', first],
  ]);
});

it('knows sound alone', () => {
  const cutter = new FragmentCutter();
  const [, alone] = cutter.take(Buffer.concat([moov, moof(sound), mdat]));
  expect(alone).toMatchObject({ kind: 'fragment', durationS: 0, isIndependent: false });
});

it.each([Buffer.from('no MP4 at all'), numbers(4, 0), box('moov', trak(1, 'soun', 48_000))])(
  'refuses what it cannot read',
  (bytes) => {
    expect(() => new FragmentCutter().take(bytes)).toThrow('encoder');
  },
);
