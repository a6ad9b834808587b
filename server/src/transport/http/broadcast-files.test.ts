import { once } from 'node:events';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { broadcastFiles } from './broadcast-files.ts';
import { edgeOf, hasCome, isTooFar } from './held-playlists.ts';

const code = 'ABCD2345';
let dir: string;
let server: Server;
let base: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'nhip-cau-held-'));
  server = createServer(express().use(broadcastFiles(dir)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hls/${code}/`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(dir, { recursive: true });
});
beforeEach(() => mkdir(join(dir, code)));
afterEach(() => rm(join(dir, code), { recursive: true }));

/** A playlist with segments 7 and 8 of two parts each, and so many parts of segment 9. */
const playlist = (parts: number, end = '') =>
  [
    '#EXTM3U',
    '#EXT-X-MEDIA-SEQUENCE:7',
    ...[7, 8].flatMap((sequence) => [
      ...[0, 1].map((part) => line(sequence, part)),
      `#EXTINF:1,`,
      `1-${sequence}.m4s`,
    ]),
    ...Array.from({ length: parts }, (_, part) => line(9, part)),
    end || `#EXT-X-PRELOAD-HINT:TYPE=PART,URI="1-9-${parts}.m4s"`,
    '',
  ].join('\n');
const line = (sequence: number, part: number) =>
  `#EXT-X-PART:DURATION=0.2,URI="1-${sequence}-${part}.m4s"`;

async function write(name: string, text: string): Promise<void> {
  await writeFile(join(dir, code, `${name}.next`), text);
  await rename(join(dir, code, `${name}.next`), join(dir, code, name));
}

describe('how far a playlist has come', () => {
  it.each([
    [6, null, true],
    [8, null, true],
    [9, null, false],
    [8, 1, true],
    [8, 2, true],
    [9, 0, true],
    [9, 1, false],
    [10, 0, false],
  ])('segment %i, part %s: %s', (sequence, part, expected) => {
    expect(hasCome(edgeOf(playlist(1)), { sequence, part })).toBe(expected);
    expect(hasCome(edgeOf(playlist(1, '#EXT-X-ENDLIST')), { sequence, part })).toBe(true);
  });

  it('takes a part that a segment does not have for the first of the next', () => {
    expect(hasCome(edgeOf(playlist(0)), { sequence: 8, part: 2 })).toBe(false);
    expect(hasCome(edgeOf(playlist(1)), { sequence: 8, part: 2 })).toBe(true);
  });

  it('knows what is too far ahead', () => {
    expect(isTooFar(edgeOf(playlist(1)), { sequence: 10, part: null })).toBe(false);
    expect(isTooFar(edgeOf(playlist(1)), { sequence: 11, part: null })).toBe(true);
    expect(isTooFar(edgeOf(playlist(1, '#EXT-X-ENDLIST')), { sequence: 11, part: 0 })).toBe(false);
  });
});

describe('a playlist', () => {
  it('is given as it stands, and to be asked for anew', async () => {
    expect((await fetch(`${base}live.m3u8`)).status).toBe(404);
    await write('held.m3u8', playlist(1));
    const answer = await fetch(`${base}live.m3u8`);
    expect(await answer.text()).toBe(playlist(1));
    expect(answer.headers.get('cache-control')).toBe('no-cache');
    expect(answer.headers.get('content-type')).toContain('application/vnd.apple.mpegurl');
    expect((await fetch(`${base}held.m3u8`)).status).toBe(404);
  });

  it('is held until it has the part that was asked for', async () => {
    await write('held.m3u8', playlist(1));
    const waiting = [2, 2, 3].map((part) =>
      fetch(`${base}live.m3u8?_HLS_msn=9&_HLS_part=${part - 1}`).then((answer) => answer.text()),
    );
    await write('held.m3u8', playlist(2));
    expect(await Promise.all(waiting.slice(0, 2))).toEqual([playlist(2), playlist(2)]);
    await write('held.m3u8', playlist(3, '#EXT-X-ENDLIST'));
    expect(await waiting[2]).toBe(playlist(3, '#EXT-X-ENDLIST'));
  });

  it('is refused to who asks wrongly, and late to who asks in vain', async () => {
    await write('held.m3u8', playlist(1));
    const status = (query: string) => fetch(`${base}live.m3u8?${query}`).then((a) => a.status);
    expect(await status('_HLS_part=1')).toBe(400);
    expect(await status('_HLS_msn=x')).toBe(400);
    expect(await status('_HLS_msn=9&_HLS_msn=9')).toBe(400);
    expect(await status('_HLS_msn=11')).toBe(400);
    expect(await status('_HLS_msn=9&_HLS_part=1')).toBe(503);
  });
});

it('holds the part that comes next until it is there, and no other', async () => {
  await write('held.m3u8', playlist(1));
  expect((await fetch(`${base}1-9-3.m4s`)).status).toBe(404);
  const next = fetch(`${base}1-9-1.m4s`);
  await write('1-9-1.m4s', 'pictures');
  await write('held.m3u8', playlist(2));
  const answer = await next;
  expect(await answer.text()).toBe('pictures');
  expect(answer.headers.get('cache-control')).toContain('immutable');
  expect((await fetch(`${base}1-9-5.m4s`)).headers.get('cache-control')).toBe('no-store');
});

it('gives captions anew only where they are other ones, and nothing else that lies there', async () => {
  await write('captions.json', '{"captions":[]}');
  const first = await fetch(`${base}captions.json`);
  expect(await first.json()).toEqual({ captions: [] });
  expect(first.headers.get('cache-control')).toBe('no-cache');
  expect(first.headers.get('access-control-allow-origin')).toBe('*');
  const tag = { 'If-None-Match': first.headers.get('etag')! };
  const again = { headers: tag, cache: 'no-cache' } as const;
  expect((await fetch(`${base}captions.json`, again)).status).toBe(304);
  await write('captions.json', '{"captions":[{}]}');
  expect((await fetch(`${base}captions.json`, again)).status).toBe(200);
  await write('notes.json', '{}');
  expect((await fetch(`${base}notes.json`)).status).toBe(404);
});
