import { randomUUID } from 'node:crypto';
import type { Handling, SignalMessage } from '@nhip-cau/shared/protocol/signals';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { startTestApp } from '../support/app.ts';
import type { SocketClient } from '../support/socket-client.ts';

let test: Awaited<ReturnType<typeof startTestApp>>;
let app: App;
let ids: string[];

beforeAll(async () => {
  test = await startTestApp();
  app = await test.start();
  ids = [randomUUID(), randomUUID(), randomUUID()];
  const bridgePointId = await test.dialogue.hall(1);
  const secretary = await test.connectAs(app.url, test.secretarySubject);
  for (const questionId of ids) {
    await secretary.send('question.ask', {
      questionId,
      bridgePointId,
      text: 'Bao giờ có nước sạch?',
      field: null,
      nameVisibility: 'none',
    });
  }
  secretary.close();
});

afterAll(async () => {
  await app.close();
  await test.close();
});

type Open = Record<string, Handling[]>;

/** A secretary's page, with what it was last told that the pages have open. */
async function page() {
  const client = await test.connectAs(app.url, test.secretarySubject);
  const told: Open[] = [];
  client.socket.on('signal', (message: SignalMessage) => {
    if (message.name === 'handling') told.push(message.value.questions);
  });
  await client.sync();
  const handle = (questionId: string | null) => client.request('handling', { questionId });
  return { client, told, handle };
}

/** Whether these sockets, in this order, have the entry open, as the page was told last. */
const hasOpen = (told: Open[], questionId: string, ...clients: SocketClient[]) =>
  expect
    .poll(() => (told.at(-1)?.[questionId] ?? []).map(({ socketId }) => socketId), {
      timeout: 20_000,
    })
    .toEqual(clients.map(({ socket }) => socket.id));

it('every secretary sees who has which entry open, until they leave it or the line is lost', async () => {
  const [first, second] = [await page(), await page()];
  const [a, b] = ids as [string, string];
  expect(await first.handle(a)).toEqual({ ok: true });
  expect(await second.handle(a)).toEqual({ ok: true });
  await hasOpen(second.told, a, first.client, second.client);
  await hasOpen(first.told, a, first.client, second.client);
  expect(first.told.at(-1)?.[a]?.[0]).toMatchObject({
    accountId: test.dialogue.secretary.accountId,
    name: expect.any(String),
    since: expect.any(Number),
  });
  await first.handle(b);
  await hasOpen(second.told, b, first.client);
  await hasOpen(second.told, a, second.client);
  first.client.close();
  await hasOpen(second.told, b);
  const third = await page();
  await hasOpen(third.told, a, second.client);
  await second.handle(null);
  await hasOpen(third.told, a);
  for (const { client } of [second, third]) client.close();
});

it('nobody else is told or asked', async () => {
  const secretary = await page();
  const hall = await test.connectAs(app.url, await test.moderatorSubject(1));
  const heard: string[] = [];
  hall.socket.on('signal', ({ name }: SignalMessage) => heard.push(name));
  await hall.sync();
  const [, , a] = ids as [string, string, string];
  expect(await secretary.handle(a)).toEqual({ ok: true });
  await hasOpen(secretary.told, a, secretary.client);
  await hall.sync();
  expect(heard).not.toContain('handling');
  expect(await hall.request('handling', { questionId: a })).toMatchObject({
    ok: false,
    error: { code: 'not_allowed' },
  });
  expect(await secretary.handle(randomUUID())).toMatchObject({ error: { code: 'not_found' } });
  for (const client of [secretary.client, hall]) client.close();
});
