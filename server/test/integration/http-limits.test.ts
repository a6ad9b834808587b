import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NodeRateLimits } from '../../src/transport/http/limits.ts';
import { attendanceRoutes } from '../../src/transport/http/routes/attendance.ts';
import { hallRoutes } from '../../src/transport/http/routes/halls.ts';
import { questionRoutes } from '../../src/transport/http/routes/questions.ts';
import { serveRoute } from '../../src/transport/http/serve-route.ts';
import { createTestEngine, TestDialogue, type TestEngine } from '../support/dialogue.ts';
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
  const limits = new NodeRateLimits(null);
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
  expect(limits.local.size).toBe(1);
  server.closeAllConnections();
  server.close();
});

test('what is gathered from a whole dialogue is not asked for without end', () => {
  const gathered = [
    ...attendanceRoutes({} as never),
    ...questionRoutes({} as never, {} as never, {} as never).filter(
      ({ method }) => method === 'get',
    ),
  ];
  expect(gathered).toHaveLength(5);
  expect(gathered.filter(({ limit }) => limit?.key === undefined)).toEqual([]);
});

describe('a file for the public form', () => {
  const formOf = async (publicForm: boolean) => {
    const dialogue = await TestDialogue.open(engine.engine);
    await dialogue.do(dialogue.secretary, 'dialogue.configure', { rules: { publicForm } });
    return `/api/forms/${dialogue.id}/questions/${randomUUID()}/attachments`;
  };
  const codeOf = async (response: Response) =>
    ((await response.json()) as { error: { code: string } }).error.code;

  /** Says that it sends a megabyte and sends some of it. */
  function begin(url: string, path: string) {
    const headers = { origin: url, 'content-length': 1_048_576 };
    const sending = httpRequest(url + path, { method: 'POST', headers });
    sending.write(Buffer.alloc(1_024));
    const answered = once(sending, 'response').then(([response]) => {
      sending.destroy();
      return (response as { statusCode: number }).statusCode;
    });
    return { sending, answered };
  }

  test('is answered before it came where the form is closed, or of no dialogue', async () => {
    const own = await startHttp(engine);
    expect(await begin(own.url, await formOf(false)).answered).toBe(409);
    const nowhere = `/api/forms/${randomUUID()}/questions/${randomUUID()}/attachments`;
    expect(await begin(own.url, nowhere).answered).toBe(404);
    await own.close();
  });

  test('is answered before it came once its address has sent enough, whatever it sends to', async () => {
    const own = await startHttp(engine);
    for (let i = 0; i < 60; i += 1) {
      const path = `/api/forms/${randomUUID()}/questions/${randomUUID()}/attachments`;
      await own.browser().post(path, new Uint8Array(1));
    }
    expect(await begin(own.url, await formOf(true)).answered).toBe(429);
    await own.close();
  });

  test('comes beside two others of its address, and the next one waits', async () => {
    const own = await startHttp(engine);
    const path = await formOf(true);
    const begun = [begin(own.url, path), begin(own.url, path), begin(own.url, path)];
    for (const { answered } of begun) answered.catch(() => undefined);
    const another = () =>
      fetch(own.url + path, {
        method: 'POST',
        headers: { origin: own.url },
        body: new Uint8Array(1),
      }).then(codeOf);
    await expect.poll(another).toBe('rate_limited');
    for (const { sending } of begun) sending.on('error', () => undefined).destroy();
    await expect.poll(another).toBe('file_not_allowed');
    await own.close();
  });
});
