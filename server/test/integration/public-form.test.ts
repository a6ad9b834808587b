import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { system } from '../../src/dialogue/kernel/actor.ts';
import { joinCommandId } from '../../src/dialogue/people/joining.ts';
import { createTestEngine, TestDialogue, type TestEngine } from '../support/dialogue.ts';
import { png } from '../support/files.ts';
import { type Browser, type HttpServer, startHttp } from '../support/http-server.ts';

let engine: TestEngine;
let http: HttpServer;
let dialogue: TestDialogue;
let stranger: Browser;

beforeAll(async () => {
  engine = await createTestEngine();
  http = await startHttp(engine);
  dialogue = await TestDialogue.open(engine.engine);
  await openForm(dialogue);
  stranger = http.browser();
});
afterAll(async () => {
  await http.close();
  await engine.close();
});

const openForm = (of: TestDialogue) =>
  of.do(of.secretary, 'dialogue.configure', { rules: { publicForm: true } });
const form = (of = dialogue) => `/api/forms/${of.id}`;

async function question(words: object = {}) {
  return {
    commandId: randomUUID(),
    questionId: randomUUID(),
    bridgePointId: await dialogue.hall(2),
    text: 'Trạm y tế xã thiếu thuốc, bao giờ có?',
    field: 'Môi trường',
    asker: 'Trần Văn Bình',
    nameVisibility: 'desk',
    website: '',
    ...words,
  };
}

const send = (body: object) => stranger.post(`${form()}/questions`, body);

describe('the public form', () => {
  test('says what it asks, and has every hall but the head table', async () => {
    const { status, body } = await stranger.get(form());
    expect(status).toBe(200);
    expect(body).toMatchObject({ title: 'Đối thoại với nông dân', namePolicy: 'optional' });
    expect(body.halls.map(({ name }: { name: string }) => name)).toEqual([
      'Điểm cầu 1',
      'Điểm cầu 2',
      'Điểm cầu 3',
    ]);
  });

  test('brings a question to the city, once, and gives its code', async () => {
    const body = await question();
    const first = await send(body);
    expect([first.status, first.body]).toEqual([
      200,
      { code: expect.stringMatching(/^[2-9A-Z]{9}$/) },
    ]);
    expect((await send(body)).body).toEqual(first.body);
    const state = await dialogue.state();
    expect(state.questions.get(body.questionId)).toMatchObject({
      channel: 'form',
      state: 'forwarded',
      asker: 'Trần Văn Bình',
    });
  });

  test('gives nobody the code of another one’s question', async () => {
    const body = await question();
    await send(body);
    const other = await question();
    await send(other);
    for (const commandId of [randomUUID(), other.commandId]) {
      const { status, body: answer } = await send({ ...body, commandId });
      expect([status, answer.error.code]).toEqual([409, 'already_exists']);
    }
    // Another command of the system, whose number can be worked out.
    const personId = randomUUID();
    const bridgePointId = await dialogue.hall(1);
    await dialogue.send(
      system,
      'participant.join',
      { personId, bridgePointId, name: null },
      joinCommandId(dialogue.id, personId),
    );
    const commandId = joinCommandId(dialogue.id, personId);
    expect((await send({ ...body, commandId })).status).toBe(409);
  });

  test.each([
    ['that fills in what people do not see', { website: 'https://example.vn' }, 400, 'invalid'],
    ['about nothing', { text: ' ' }, 400, 'invalid'],
    ['for no hall', { bridgePointId: randomUUID() }, 404, 'not_found'],
    ['in no field', { field: 'Thể thao' }, 422, 'field_unknown'],
  ])('takes no question %s', async (_name, words, status, code) => {
    const answer = await send(await question(words));
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  });

  test('takes none from another site', async () => {
    const answer = await stranger.post(`${form()}/questions`, await question(), {
      headers: { origin: 'https://example.vn' },
    });
    expect(answer.body.error.code).toBe('origin_refused');
  });

  test('takes a few files for a question', async () => {
    const files = `${form()}/questions/${randomUUID()}/attachments`;
    const picture = await png();
    const { status, body } = await stranger.post(files, picture);
    expect([status, body]).toEqual([
      200,
      { attachmentId: expect.any(String), kind: 'picture', pages: 1 },
    ]);
    for (let more = 0; more < 8; more += 1) await stranger.post(files, picture);
    expect((await stranger.post(files, picture)).body.error.code).toBe('limit_reached');
  });

  test.each([
    ['before it is opened', async () => TestDialogue.open(engine.engine)],
    [
      'once the dialogue has begun',
      async () => {
        const begun = await TestDialogue.open(engine.engine);
        await openForm(begun);
        await begun.do(begun.secretary, 'dialogue.start', {});
        return begun;
      },
    ],
  ])('is closed %s', async (_name, make) => {
    const closed = await make();
    const answers = [
      await stranger.get(form(closed)),
      await stranger.post(`${form(closed)}/questions`, await question()),
      await stranger.post(`${form(closed)}/questions/${randomUUID()}/attachments`, await png()),
    ];
    expect(answers.map(({ body }) => body.error.code)).toEqual(Array(3).fill('form_closed'));
  });

  test('is not there for no dialogue', async () => {
    expect((await stranger.get(`/api/forms/${randomUUID()}`)).status).toBe(404);
  });
});

describe('a code', () => {
  const fate = (code: string) => stranger.get(`/api/question-codes/${code}`);

  test('tells what became of the question, and nobody’s name', async () => {
    const body = await question({ nameVisibility: 'public' });
    const { code } = (await send(body)).body as { code: string };
    const typed = `${code.slice(0, 3)}-${code.slice(3)}`.toLowerCase();
    const { status, body: told, text } = await fate(typed);
    expect(status).toBe(200);
    expect(told).toMatchObject({
      code,
      dialogue: { title: 'Đối thoại với nông dân', state: 'open' },
      bridgePointName: 'Điểm cầu 2',
      district: 'Quận 2',
      wording: body.text,
      field: 'Môi trường',
      state: 'forwarded',
      place: null,
      lead: null,
    });
    expect(text).not.toContain('Trần Văn Bình');
  });

  test('tells the reason of a return, the place in the queue, and where a merged one went', async () => {
    const codes: string[] = [];
    const ids: string[] = [];
    for (let index = 0; index < 3; index += 1) {
      const body = await question();
      ids.push(body.questionId);
      codes.push((await send(body)).body.code as string);
    }
    const [returned, lead, part] = ids as [string, string, string];
    const { secretary } = dialogue;
    await dialogue.do(secretary, 'question.return', { questionId: returned, reason: 'Chưa rõ.' });
    await dialogue.do(secretary, 'question.accept', { questionId: lead });
    await dialogue.do(secretary, 'question.merge', { questionId: part, intoQuestionId: lead });
    const told = await Promise.all(codes.map(async (code) => (await fate(code)).body));
    expect(told[0]).toMatchObject({ state: 'returned', returnReason: 'Chưa rõ.' });
    expect(told[1]).toMatchObject({ state: 'accepted', place: 1 });
    expect(told[2]).toMatchObject({ state: 'merged', lead: { state: 'accepted', place: 1 } });
  });

  test.each(['ZZZZZZZZZ', '1', 'select', encodeURIComponent('../x')])(
    'that was never given out, %s, is unknown',
    async (code) => {
      expect((await fate(code)).body).toEqual({ error: { code: 'code_unknown' } });
    },
  );

  test('cannot be guessed at for long', async () => {
    let status = 404;
    for (let guess = 0; guess < 320 && status === 404; guess += 1) {
      ({ status } = await fate(`ZZZZ${1_000 + guess}`));
    }
    expect(status).toBe(429);
  });
});
