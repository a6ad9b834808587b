import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RateLimits } from '../../src/transport/http/limits.ts';
import { hallRoutes } from '../../src/transport/http/routes/halls.ts';
import { serveRoute } from '../../src/transport/http/serve-route.ts';
import { createTestEngine, type TestEngine } from '../support/dialogue.ts';
import { type HttpServer, startHttp } from '../support/http-server.ts';

let engine: TestEngine;
let http: HttpServer;

beforeAll(async () => {
  engine = await createTestEngine();
  http = await startHttp(engine);
});
afterAll(async () => {
  await http.close();
  await engine.close();
});

describe('who this browser is', () => {
  test('is looked for under twenty names at a time', async () => {
    const browser = http.browser();
    for (let i = 0; i < 60; i += 1) {
      const token = i % 2 === 0 ? 'x'.repeat(43) : 'no token';
      browser.cookies.set(`nc_staff_${randomUUID()}`, token);
    }
    expect((await browser.get('/api/me')).body).toEqual({ principals: [] });
    expect(browser.cookies.size).toBe(40);
  });

  test('is not asked without end', async () => {
    const own = await startHttp(engine);
    const statuses = new Set<number>();
    for (let i = 0; i < 61; i += 1) {
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => fetch(`${own.url}/api/me`)),
      );
      for (const answer of answers) statuses.add(answer.status);
    }
    expect(statuses).toEqual(new Set([200, 429]));
    await own.close();
  });
});

test('codes of any length leave one count of their address behind', async () => {
  const limits = new RateLimits();
  const { sessions } = http;
  const services = { limits, sessions, engine: engine.engine, publicUrl: undefined };
  const [invitation] = hallRoutes({} as never, {} as never, sessions).filter(
    ({ method, path }) => method === 'get' && path === '/api/join/:code',
  );
  const server = express()
    .set('env', 'test')
    .get(invitation!.path, serveRoute(invitation!, services))
    .listen(0);
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (let i = 0; i < 1_010; i += 1) await fetch(`${url}/api/join/${i}${'A'.repeat(8_000)}`);
  expect(limits.size).toBe(1);
  server.closeAllConnections();
  server.close();
});
