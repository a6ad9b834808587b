import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import type { SignalMessage } from '@nhip-cau/shared/protocol/signals';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { startTestApp } from '../support/app.ts';

let server: Awaited<ReturnType<typeof startTestApp>>;

beforeAll(async () => {
  server = await startTestApp();
}, 60_000);
afterAll(() => server?.close());

test('says at its start that the configured engine is not there, and the desk reads it from then on', async () => {
  const env = { ...server.settings, SPEECH_ENGINE: 'command:/nowhere/asr --fast' };
  const worker = { MEDIASOUP_WORKER_BIN: process.env['MEDIASOUP_WORKER_BIN'] };
  const output = new PassThrough();
  const warned = new Promise<Record<string, unknown>>((resolve) =>
    createInterface({ input: output }).on('line', (text) => {
      const line = JSON.parse(text) as Record<string, unknown>;
      if ('engine' in line) resolve(line);
    }),
  );
  const app = await server.start({
    config: loadConfig({ ...env, ...worker }, { cores: 1, isTerminal: false }),
    log: pino({ level: 'warn' }, output),
  });
  try {
    const { level, engine, msg } = await warned;
    expect({ level, engine }).toEqual({ level: pino.levels.values['warn'], engine: 'command asr' });
    expect(msg).toMatch(/^the speech engine cannot be used; .*: \/nowhere\/asr: no such program/);

    const secretary = await server.connectAs(app.url, server.secretarySubject);
    const told = new Promise<SignalMessage>((resolve) =>
      secretary.socket.on('signal', (message: SignalMessage) => {
        if (message.name === 'transcribing') resolve(message);
      }),
    );
    await secretary.sync();
    expect(await secretary.send('dialogue.start', {})).toMatchObject({ ok: true });
    expect(await told).toMatchObject({ value: { state: 'down', runs: 0 } });
    secretary.close();
  } finally {
    await app.close();
  }
}, 60_000);
