import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { startTestApp } from '../support/app.ts';
import { startPushEndpoint } from '../support/push-endpoint.ts';
import type { SocketClient } from '../support/socket-client.ts';

type TestApp = Awaited<ReturnType<typeof startTestApp>>;
type Person = Awaited<ReturnType<TestApp['personSubject']>>;

let endpoint: Awaited<ReturnType<typeof startPushEndpoint>>;
let setUp: TestApp;
let app: App;
let secretary: SocketClient;
let moderator: SocketClient;

beforeAll(async () => {
  endpoint = await startPushEndpoint();
  setUp = await startTestApp({
    PUSH: 'on',
    PUSH_CONTACT: 'mailto:it@example.vn',
    PUSH_ORIGINS: endpoint.origin,
  });
  app = await setUp.start();
  secretary = await setUp.connectAs(app.url, setUp.secretarySubject);
  moderator = await setUp.connectAs(app.url, await setUp.moderatorSubject(1));
});
afterEach(() => void endpoint.pushed.splice(0));
afterAll(async () => {
  secretary.socket.disconnect();
  moderator.socket.disconnect();
  await app.close();
  await setUp.close();
  await endpoint.close();
});

async function post(who: Parameters<TestApp['enter']>[0], path: string, body: object) {
  const { principal, cookie } = await setUp.enter(who);
  const headers = {
    'content-type': 'application/json',
    'x-principal': principal,
    origin: app.url,
    cookie,
  };
  const address = `${app.url}/api/dialogues/${setUp.dialogue.id}/push-subscriptions${path}`;
  return fetch(address, { method: 'POST', headers, body: JSON.stringify(body) });
}

async function subscribed(): Promise<Person> {
  const person = await setUp.personSubject(1);
  expect((await post(person, '', endpoint.subscription)).status).toBe(200);
  return person;
}

/** A question of that person; its number. */
async function asked(person: Person): Promise<string> {
  const socket = await setUp.connectAs(app.url, person);
  const questionId = crypto.randomUUID();
  await socket.send('question.ask', {
    questionId,
    bridgePointId: person.bridgePointId,
    text: 'Bao giờ làm đường thôn Đông?',
    field: null,
    nameVisibility: 'public',
  });
  socket.socket.disconnect();
  return questionId;
}

const told = () => endpoint.pushed.map(({ text }) => JSON.parse(text) as Record<string, unknown>);

describe('an asker who wants to be told', () => {
  test('gets the state and the code, encrypted and signed, and nothing else', async () => {
    const questionId = await asked(await subscribed());
    await moderator.send('question.forward', { questionId });
    await endpoint.come(1);
    const [message] = endpoint.pushed;
    const code: unknown = expect.stringMatching(/^[2-9A-Z]{9}$/);
    expect(JSON.parse(message!.text)).toEqual({ code, state: 'forwarded', lead: null });
    expect(message!.claims).toMatchObject({ aud: endpoint.origin, sub: 'mailto:it@example.vn' });
    expect(message!.headers).toMatchObject({
      'content-encoding': 'aes128gcm',
      ttl: '14400',
      topic: questionId.replaceAll('-', ''),
    });
  });

  test('is told of the one that the question was merged with', async () => {
    const [person, lead] = [await subscribed(), await asked(await setUp.personSubject(1))];
    const questionId = await asked(person);
    for (const id of [lead, questionId])
      await moderator.send('question.forward', { questionId: id });
    await endpoint.come(1);
    await secretary.send('question.merge', { questionId, intoQuestionId: lead });
    await endpoint.come(2);
    await secretary.send('question.accept', { questionId: lead });
    await endpoint.come(3);
    expect(told().map(({ state, lead: of }) => [state, of])).toEqual([
      ['forwarded', null],
      ['merged', 'forwarded'],
      ['merged', 'accepted'],
    ]);
  });

  test('is forgotten when the browser is gone, or says no', async () => {
    const rows = () => setUp.db.selectFrom('pushSubscription').select('personId').execute();
    const person = await subscribed();
    await post(person, '/remove', { endpoint: endpoint.subscription.endpoint });
    const left = await rows();
    expect(left.map(({ personId }) => personId)).not.toContain(person.personId);

    const questionId = await asked(await subscribed());
    endpoint.answer(410);
    await moderator.send('question.forward', { questionId });
    await expect.poll(rows).toEqual([]);
    endpoint.answer(201);
  });
});

describe('a subscription', () => {
  const peopleTold = async () => {
    const rows = await setUp.db.selectFrom('pushSubscription').select('personId').execute();
    return rows.map(({ personId }) => personId);
  };

  test('of a shared phone is the last one’s', async () => {
    await subscribed();
    const last = await subscribed();
    expect(await peopleTold()).toEqual([last.personId]);
  });

  test('ends with the session of its person', async () => {
    const person = await subscribed();
    const { principal, cookie } = await setUp.enter(person);
    const headers = { 'x-principal': principal, origin: app.url, cookie };
    await fetch(`${app.url}/api/sign-out`, { method: 'POST', headers });
    expect(await peopleTold()).not.toContain(person.personId);
  });

  test('leads to no other address than a push service’s', async () => {
    const person = await setUp.personSubject(1);
    for (const address of ['http://127.0.0.1:1/', 'https://169.254.169.254/latest']) {
      const answer = await post(person, '', { ...endpoint.subscription, endpoint: address });
      expect([address, answer.status]).toEqual([address, 400]);
    }
  });

  test('is for people in the chairs alone', async () => {
    expect((await post(setUp.secretarySubject, '', endpoint.subscription)).status).toBe(403);
  });

  test('knows the server by the same keys after a restart', async () => {
    const { principal, cookie } = await setUp.enter(await setUp.personSubject(1));
    const key = async () => {
      const response = await fetch(`${app.url}/api/push-key`, {
        headers: { 'x-principal': principal, cookie },
      });
      return ((await response.json()) as { publicKey: string }).publicKey;
    };
    const before = await key();
    await app.close();
    app = await setUp.start();
    expect(await key()).toBe(before);
  });
});
