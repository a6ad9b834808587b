import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import {
  AttachmentService,
  formOwner,
  maxFileBytes,
} from '../../src/dialogue/attachments/service.ts';
import { ApartReader } from '../../src/documents/reader.ts';
import { attachmentStore } from '../../src/store/attachments.ts';
import { startTestApp } from '../support/app.ts';
import { gpsJpeg, html, look, pdf, png } from '../support/files.ts';

type TestApp = Awaited<ReturnType<typeof startTestApp>>;
type Subject = Parameters<TestApp['enter']>[0];
type Visitor = Awaited<ReturnType<TestApp['enter']>>;

let setUp: TestApp;
let app: App;
let asker: Visitor;
let askerSubject: Subject & { kind: 'person' };
const path = () => `/api/dialogues/${setUp.dialogue.id}/attachments`;

beforeAll(async () => {
  setUp = await startTestApp();
  app = await setUp.start();
  askerSubject = await setUp.personSubject(1);
  asker = await setUp.enter(askerSubject);
});
afterAll(async () => {
  await app.close();
  await setUp.close();
});

const headersOf = ({ principal, cookie }: Visitor) => ({ 'x-principal': principal, cookie });

async function upload(who: Visitor, bytes: Uint8Array, type = 'image/jpeg') {
  const response = await fetch(app.url + path(), {
    method: 'POST',
    headers: { ...headersOf(who), origin: app.url, 'content-type': type },
    body: new Blob([bytes as Uint8Array<ArrayBuffer>]),
  });
  const body = (await response.json()) as { attachmentId?: string; error?: { code: string } };
  return { status: response.status, body };
}

async function sent(who: Visitor): Promise<string> {
  const { status, body } = await upload(who, await png());
  expect(status).toBe(200);
  return body.attachmentId!;
}

const get = (who: Visitor, rest: string) =>
  fetch(`${app.url}${path()}/${rest}`, { headers: headersOf(who) });

async function ask(subject: Subject & { kind: 'person' }, attachmentIds: string[]) {
  const socket = await setUp.connectAs(app.url, subject);
  const questionId = randomUUID();
  const payload = {
    questionId,
    bridgePointId: subject.bridgePointId,
    text: 'Mương nước thải chảy ra ruộng, ảnh kèm theo.',
    field: null,
    nameVisibility: 'hall' as const,
    attachmentIds,
  };
  const commandId = randomUUID();
  const outcome = await socket.send('question.ask', payload, commandId);
  const again = await socket.send('question.ask', payload, commandId);
  socket.socket.disconnect();
  return { outcome, again };
}

describe('a file', () => {
  test.each([
    ['a photo', gpsJpeg, 'image/jpeg', { kind: 'picture', pages: 1 }],
    ['a picture that says it is a document', png, 'application/pdf', { kind: 'picture', pages: 1 }],
    ['a document', () => pdf(2), 'image/jpeg', { kind: 'document', pages: 2 }],
  ])('%s is taken by what is in it', async (_name, make, type, expected) => {
    const { status, body } = await upload(asker, await make(), type);
    expect([status, body]).toEqual([200, { ...expected, attachmentId: expect.any(String) }]);
  });

  test('a page of the web is refused, whatever it says it is', async () => {
    expect(await upload(asker, html)).toEqual({
      status: 422,
      body: { error: { code: 'file_not_allowed' } },
    });
  });

  test('one that is too large is refused', async () => {
    const { status, body } = await upload(asker, Buffer.alloc(maxFileBytes + 1));
    expect([status, body.error?.code]).toEqual([413, 'too_large']);
  });

  test('is not even read of who may not send one', async () => {
    const screen = { ...(await setUp.moderatorSubject(1)), deviceRole: 'screen' as const };
    const { status } = await upload(await setUp.enter(screen), Buffer.alloc(maxFileBytes + 1));
    expect(status).toBe(403);
  });

  test('is given as a picture that cannot act', async () => {
    const id = await sent(asker);
    expect(await (await get(asker, id)).json()).toEqual({ kind: 'picture', pages: 1 });
    const page = await get(asker, `${id}/pages/1`);
    expect(Object.fromEntries(page.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'content-disposition': `inline; filename="${id}-1.jpg"`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=3600',
    });
    expect(await look(new Uint8Array(await page.arrayBuffer()))).toMatchObject({ format: 'jpeg' });
    for (const wrong of ['pages/0', 'pages/2', 'pages/1e9']) {
      expect((await get(asker, `${id}/${wrong}`)).status).toBe(404);
    }
  });
});

describe('who may read a file', () => {
  test('nobody but who sent it while no question carries it; then hall, desk and head table', async () => {
    const neighbour = await setUp.enter(await setUp.personSubject(1));
    const moderator = await setUp.enter(await setUp.moderatorSubject(1));
    const elsewhere = await setUp.enter(await setUp.moderatorSubject(2));
    const secretary = await setUp.enter(setUp.secretarySubject);
    const { accountId } = setUp.dialogue.host;
    const host = await setUp.enter({ kind: 'staff', accountId });
    const all = { asker, neighbour, moderator, elsewhere, secretary, host };
    const read = async (id: string) => {
      const statuses: Record<string, number> = {};
      for (const [name, who] of Object.entries(all)) {
        statuses[name] = (await get(who, `${id}/pages/1`)).status;
      }
      return statuses;
    };
    const id = await sent(asker);
    expect(await read(id)).toEqual({
      asker: 200,
      neighbour: 404,
      moderator: 404,
      elsewhere: 404,
      secretary: 404,
      host: 404,
    });
    expect((await ask(askerSubject, [id])).outcome.ok).toBe(true);
    expect(await read(id)).toEqual({
      asker: 200,
      neighbour: 403,
      moderator: 200,
      elsewhere: 403,
      secretary: 200,
      host: 200,
    });
  });
});

describe('a question carries', () => {
  test('what its asker has sent, once, and a retry is the same', async () => {
    const id = await sent(asker);
    const { outcome, again } = await ask(askerSubject, [id]);
    expect([outcome.ok, again]).toEqual([true, outcome]);
    expect((await ask(askerSubject, [id])).outcome).toMatchObject({
      ok: false,
      error: { code: 'already_exists', details: { kind: 'attachment', id } },
    });
  });

  test('nothing that somebody else has sent, and nothing that nobody has', async () => {
    const id = await sent(asker);
    const other = await setUp.personSubject(1);
    for (const wrong of [id, randomUUID()]) {
      expect((await ask(other, [wrong])).outcome).toEqual({
        ok: false,
        error: { code: 'not_found', details: { kind: 'attachment', id: wrong } },
      });
    }
  });
});

describe('what is kept', () => {
  test('has an end, for one who sends and for the dialogue', async () => {
    const { dialogue, engine, db } = setUp;
    const limited = (limits: { filesOfOwner?: number; bytesOfDialogue?: number }) =>
      new AttachmentService({
        store: attachmentStore(db),
        reader: new ApartReader(),
        read: (id) => engine.read(id),
        limits,
      });
    const state = await dialogue.state();
    const picture = await png();
    const service = limited({ filesOfOwner: 1 });
    await service.upload(state, 'person:one', picture);
    await expect(service.upload(state, 'person:one', picture)).rejects.toThrow('limit_reached');
    await service.upload(state, 'person:another', picture);
    await expect(
      limited({ bytesOfDialogue: 1 }).upload(state, 'person:third', picture),
    ).rejects.toThrow('limit_reached');
  });

  test('has an end also for files that are read beside each other', async () => {
    const { dialogue, engine, db } = setUp;
    const service = new AttachmentService({
      store: attachmentStore(db),
      reader: new ApartReader(),
      read: (id) => engine.read(id),
      limits: { filesOfOwner: 1 },
    });
    const [state, picture] = [await dialogue.state(), await png()];
    const uploads = ['1', '2'].map(() => service.upload(state, 'person:twice', picture));
    const outcomes = await Promise.allSettled(uploads);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  test('of strangers leaves room for all others, and has an end for each address', async () => {
    const { dialogue, engine, db } = setUp;
    const limited = (limits: { looseBytesOfForm?: number; hourlyBytesOfAddress?: number }) =>
      new AttachmentService({
        store: attachmentStore(db),
        reader: new ApartReader(),
        read: (id) => engine.read(id),
        limits,
      });
    const [state, picture] = [await dialogue.state(), await png()];
    const upload = (service: AttachmentService, address: string) =>
      service.upload(state, formOwner(randomUUID()), picture, { address, files: 9 });

    const hourly = limited({ hourlyBytesOfAddress: 1 });
    await expect(upload(hourly, '192.0.2.1')).rejects.toThrow('rate_limited');
    const full = limited({ looseBytesOfForm: 1 });
    await upload(full, '192.0.2.1');
    await expect(upload(full, '192.0.2.2')).rejects.toThrow('limit_reached');
    await full.upload(state, 'person:in-the-hall', picture);
  });

  test('is swept after a day, but for what a question carries', async () => {
    const { db } = setUp;
    const [loose, carried] = [await sent(asker), await sent(asker)];
    await ask(askerSubject, [carried]);
    const at = (hours: number) =>
      new AttachmentService({
        store: attachmentStore(db),
        reader: new ApartReader(),
        read: (id) => setUp.engine.read(id),
        now: () => Date.now() + hours * 3_600_000,
      });
    await at(23.5).sweep();
    expect((await get(asker, loose)).status).toBe(200);
    const envelope = {
      commandId: randomUUID(),
      dialogueId: setUp.dialogue.id,
      name: 'question.ask',
      payload: { questionId: randomUUID(), attachmentIds: [loose] },
    };
    const actor = { ...askerSubject, sessionId: randomUUID() };
    expect(await at(1).objection(actor, envelope as never)).toBeNull();
    expect(await at(23.5).objection(actor, envelope as never)).toMatchObject({ code: 'not_found' });
    await at(25).sweep();
    expect((await get(asker, loose)).status).toBe(404);
    expect((await get(asker, carried)).status).toBe(200);
  });
});
