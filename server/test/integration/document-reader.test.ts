import { afterAll, describe, expect, test } from 'vitest';
import { ReaderBusy, UnreadableDocument } from '../../src/dialogue/attachments/ports.ts';
import { ApartReader } from '../../src/documents/reader.ts';
import { gpsJpeg, html, hugePng, look, pdf, png, polyglot, webp } from '../support/files.ts';

const reader = new ApartReader();
afterAll(() => reader.close());

const jpegOf = async (bytes: Uint8Array) => {
  const { kind, pages } = await reader.read(bytes);
  return { kind, pages: await Promise.all(pages.map((page) => look(page.bytes))) };
};

describe('a file becomes pictures made anew', () => {
  test('a photo stands upright and no longer says where it was taken', async () => {
    const original = await gpsJpeg();
    expect((await look(original)).exif?.includes('Secret Phone')).toBe(true);
    const { kind, pages } = await jpegOf(original);
    expect([kind, pages.length]).toEqual(['picture', 1]);
    expect(pages[0]).toMatchObject({ format: 'jpeg', width: 300, height: 400 });
    expect([pages[0]!.exif, pages[0]!.orientation]).toEqual([undefined, undefined]);
  });

  test('a large one is made small', async () => {
    const { pages } = await jpegOf(await gpsJpeg(5_000, 2_500));
    expect(pages[0]).toMatchObject({ width: 1_000, height: 2_000 });
  });

  test.each([
    ['PNG', png],
    ['WebP', webp],
  ])('a %s becomes a JPEG', async (_name, make) => {
    expect((await jpegOf(await make())).pages[0]).toMatchObject({ format: 'jpeg' });
  });

  test('what hangs behind a picture is gone', async () => {
    const { pages } = await reader.read(await polyglot());
    expect(Buffer.from(pages[0]!.bytes).includes('script')).toBe(false);
  });

  test('a document becomes a picture a page, with its words on it', async () => {
    const { kind, pages } = await jpegOf(pdf(3));
    expect([kind, pages.length]).toEqual(['document', 3]);
    expect(pages[0]).toMatchObject({ format: 'jpeg', width: 1_131, height: 1_600 });
    expect(pages[0]!.darkest).toBeLessThan(40);
    expect((await jpegOf(pdf(1, ' '))).pages[0]!.darkest).toBeGreaterThan(250);
  });

  test('of a long document the first twenty pages', async () => {
    expect((await reader.read(pdf(23))).pages).toHaveLength(20);
  });
});

describe('is not taken', () => {
  test.each([
    ['a page of the web', () => html],
    ['nothing', () => Buffer.alloc(0)],
    [
      'a vector drawing, which can act',
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    ],
    ['half a photo', async () => (await gpsJpeg()).subarray(0, 900)],
    ['a document without a page', () => pdf(0)],
    ['a document in name only', () => Buffer.from('%PDF-1.7\n<script>alert(1)</script>')],
    ['more pixels than any telephone takes', hugePng],
  ])('%s', async (_name, make) => {
    await expect(reader.read(await make())).rejects.toThrow(UnreadableDocument);
  });
});

describe('a file that costs too much ends alone', () => {
  test('by its time', async () => {
    const hurried = new ApartReader({ timeMs: 1 });
    await expect(hurried.read(pdf())).rejects.toThrow(UnreadableDocument);
  });

  test('by its memory', async () => {
    const poor = new ApartReader({ memoryBytes: 1_048_576 });
    await expect(poor.read(pdf())).rejects.toThrow(UnreadableDocument);
  });

  test('and no more wait than there is room for', async () => {
    const small = new ApartReader({ atOnce: 1, waiting: 1 });
    const both = [small.read(await webp()), small.read(await webp())];
    await expect(small.read(await webp())).rejects.toThrow(ReaderBusy);
    expect((await Promise.all(both)).map(({ kind }) => kind)).toEqual(['picture', 'picture']);
  });
});
