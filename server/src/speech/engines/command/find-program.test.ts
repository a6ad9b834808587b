import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { findProgram, whyNotStarted } from './find-program.ts';

let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'nhip-cau-program-'));
  await mkdir(join(dir, 'folder'));
  await writeFile(join(dir, 'text'), '');
  await writeFile(join(dir, 'program'), '#!/bin/sh\n', { mode: 0o755 });
  vi.stubEnv('PATH', `/nowhere:${dir}`);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(dir, { recursive: true });
});

test('finds a program by its path and by its name on PATH', async () => {
  await findProgram(join(dir, 'program'));
  await findProgram('program');
});

test('says why one that is there cannot be started', async () => {
  const path = join(dir, 'program');
  const reasonOf = async (code: string) => (await whyNotStarted(path, code)).message;
  expect(await reasonOf('EAGAIN')).toBe(`${path}: cannot be started: EAGAIN`);
  expect(await reasonOf('ENOENT')).toContain('names an interpreter that is not there');
  expect((await whyNotStarted('prog', 'ENOENT')).message).toBe('prog: no such program');
});

test.each([
  ['/nowhere/prog', '/nowhere/prog: no such program'],
  ['prog', 'prog: no such program'],
  ['text', 'text: is no file that may be executed'],
  ['folder', 'folder: is no file that may be executed'],
])('says what is wrong with %s', async (program, message) => {
  await expect(findProgram(program)).rejects.toThrow(message);
});
