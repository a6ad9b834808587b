import { randomUUID } from 'node:crypto';
import type { CaptionFact } from '@nhip-cau/shared/protocol/facts';
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
  const editing: Open[] = [];
  client.socket.on('signal', (message: SignalMessage) => {
    if (message.name === 'handling') told.push(message.value.questions);
    if (message.name === 'editing') editing.push(message.value.lines);
  });
  await client.sync();
  const handle = (questionId: string | null) => client.request('handling', { questionId });
  const edit = (lineId: string | null) => client.request('editing', { lineId });
  return { client, told, editing, handle, edit };
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

it('so it is with the lines of the transcript, of which two change one and one is refused', async () => {
  const [first, second] = [await page(), await page()];
  await first.client.send('dialogue.start', {});
  const lineId = randomUUID();
  await first.client.send('transcript.add', { lineId, text: 'Xin chao', speaker: 'host' });
  expect(await first.edit(lineId)).toEqual({ ok: true });
  expect(await second.edit(lineId)).toEqual({ ok: true });
  await hasOpen(second.editing, lineId, first.client, second.client);
  expect(second.told.at(-1) ?? {}).not.toHaveProperty(lineId);

  const answers = await Promise.all(
    [first, second].map(({ client }, index) =>
      client.send('transcript.edit', { lineId, revision: 0, text: `Xin chào ${index}` }),
    ),
  );
  const lost = answers.findIndex(({ ok }) => !ok);
  expect(answers[lost]).toEqual({
    ok: false,
    error: { code: 'changed_meanwhile', details: { lineId, revision: 1 } },
  });
  expect(answers[1 - lost]).toMatchObject({ ok: true });
  for (const { client } of [first, second]) {
    const { puts } = await client.heard(
      ({ audience, puts: some }) =>
        audience === 'everyone' &&
        some.some(({ id, value }) => id === lineId && (value as CaptionFact).isCorrected),
    );
    expect(puts.find(({ id }) => id === lineId)?.value).toMatchObject({
      text: `Xin chào ${1 - lost}`,
    });
  }
  expect(await first.edit(randomUUID())).toMatchObject({ error: { code: 'not_found' } });
  first.client.close();
  await hasOpen(second.editing, lineId, second.client);
  second.client.close();
});
