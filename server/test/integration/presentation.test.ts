import { randomUUID } from 'node:crypto';
import type { DeckFact, StageFact } from '@nhip-cau/shared/protocol/facts';
import type { UploadedBody } from '@nhip-cau/shared/protocol/http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import type { SessionSubject } from '../../src/dialogue/people/sessions.ts';
import { createJournal } from '../../src/store/journal.ts';
import { startTestApp } from '../support/app.ts';
import { look, pdf } from '../support/files.ts';
import type { SocketClient } from '../support/socket-client.ts';

let server: Awaited<ReturnType<typeof startTestApp>>;
let app: App;
let desk: SocketClient;
let moderator: SocketClient;
let hall: string;

beforeAll(async () => {
  server = await startTestApp();
  app = await server.start();
  hall = await server.dialogue.hall(1);
  desk = await server.connectAs(app.url, server.secretarySubject);
  moderator = await server.connectAs(app.url, await server.moderatorSubject(1));
  await Promise.all([desk.sync(), moderator.sync()]);
});
afterAll(async () => {
  await app.close();
  await server.close();
});

async function request(subject: SessionSubject, path: string, body?: Uint8Array) {
  const { principal, cookie } = await server.enter(subject);
  return fetch(`${app.url}/api/dialogues/${server.dialogue.id}/${path}`, {
    headers: { 'x-principal': principal, cookie, origin: app.url },
    ...(body ? { method: 'POST', body: new Blob([body as Uint8Array<ArrayBuffer>]) } : {}),
  });
}

async function upload(pages: number): Promise<string> {
  const answer = await request(server.secretarySubject, 'decks', pdf(pages));
  expect(answer.status).toBe(200);
  const uploaded = (await answer.json()) as UploadedBody;
  expect(uploaded).toMatchObject({ kind: 'document', pages });
  return uploaded.attachmentId;
}

/** The stage as everybody is told of it. */
async function stage(): Promise<StageFact> {
  const answer = await desk.sync();
  if (!answer.ok) throw new Error(answer.error.code);
  const everyone = answer.audiences.find(({ audience }) => audience === 'everyone')!;
  return everyone.puts.find(({ collection }) => collection === 'stage')!.value as StageFact;
}

const shown = async () => (await stage()).presentation;

describe('a document on the stage', () => {
  it('is prepared, shown page by page, seen by everybody, and taken away', async () => {
    const deckId = await upload(23);
    const deck = { deckId, title: 'Kế hoạch năm 2027', pages: 23 };
    expect(await desk.send('presentation.addDeck', deck)).toMatchObject({ ok: true });
    const told = await desk.heard(({ puts }) => puts.some(({ id }) => id === deckId));
    expect(told.puts.find(({ id }) => id === deckId)?.value).toEqual({
      id: deckId,
      title: deck.title,
      pages: 23,
    } satisfies DeckFact);

    const screen = { ...(await server.moderatorSubject(2)), deviceRole: 'screen' } as const;
    const page = (number: number) => request(screen, `decks/${deckId}/pages/${number}`);
    expect((await page(1)).status).toBe(404);
    await desk.send('presentation.showDeck', { deckId, page: 2 });
    expect(await shown()).toEqual({ kind: 'deck', ...deck, page: 2 });
    const picture = await page(2);
    expect(picture.headers.get('content-type')).toBe('image/jpeg');
    expect(await look(Buffer.from(await picture.arrayBuffer()))).toMatchObject({ format: 'jpeg' });
    expect((await page(24)).status).toBe(404);

    expect(await desk.send('presentation.showDeck', { deckId, page: 24 })).toMatchObject({
      error: { code: 'not_found' },
    });
    await desk.send('presentation.removeDeck', { deckId });
    expect(await shown()).toBeNull();
    expect((await page(2)).status).toBe(404);
  });

  it('is only one that its sender has sent', async () => {
    const deck = { deckId: randomUUID(), title: 'Không có', pages: 3 };
    expect(await desk.send('presentation.addDeck', deck)).toMatchObject({
      error: { code: 'not_found' },
    });
  });

  it('is no hall’s affair', async () => {
    const answer = await request(await server.moderatorSubject(1), 'decks', pdf(1));
    expect(answer.status).toBe(403);
  });
});

describe('a screen on the stage', () => {
  const show = (who: SocketClient) => who.send('presentation.showScreen', { bridgePointId: hall });

  it('is a hall’s own to show only while the hall has the floor', async () => {
    expect(await show(moderator)).toMatchObject({ error: { code: 'wrong_state' } });
    await desk.send('dialogue.start', {});
    const person = await server.connectAs(app.url, await server.personSubject(1));
    const questionId = randomUUID();
    await person.send('question.ask', {
      questionId,
      bridgePointId: hall,
      text: 'Bao giờ làm đường?',
      field: null,
      nameVisibility: 'public',
    });
    await moderator.send('question.forward', { questionId });
    await desk.send('question.accept', { questionId });
    await desk.send('floor.prepare', { questionId });
    expect(await desk.send('floor.call', { questionId })).toMatchObject({ ok: true });
    expect(await show(moderator)).toMatchObject({ ok: true });
    expect(await shown()).toEqual({ kind: 'screen', bridgePointId: hall });
    expect(await moderator.send('presentation.end', {})).toMatchObject({ ok: true });
    expect(await shown()).toBeNull();
  });

  it('goes with the turn of its hall', async () => {
    expect(await show(desk)).toMatchObject({ ok: true });
    const { turnId } = (await stage()).onAir!;
    expect(await desk.send('floor.end', { turnId })).toMatchObject({ ok: true });
    expect(await shown()).toBeNull();
  });

  it('of another hall is none of a moderator’s', async () => {
    const bridgePointId = await server.dialogue.hall(2);
    expect(await moderator.send('presentation.showScreen', { bridgePointId })).toMatchObject({
      error: { code: 'not_allowed' },
    });
  });

  it('ends by itself where nobody sends one, and the log says why', async () => {
    expect(await show(desk)).toMatchObject({ ok: true });
    await expect.poll(shown, { timeout: 40_000, interval: 500 }).toBeNull();
    const log = await createJournal(server.db).read(server.dialogue.id, 0);
    expect(log.findLast(({ type }) => type === 'presentation.changed')).toMatchObject({
      actor: { kind: 'system' },
      payload: { presentation: null, reason: 'screenGone' },
    });
  });
});
