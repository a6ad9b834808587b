import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DeviceTokenBody } from '@nhip-cau/shared/protocol/http';
import type { App } from '../../src/app.ts';
import type { DesiredStage } from '../../src/dialogue/stage/media-port.ts';
import { createMediaService } from '../../src/media/media-service.ts';
import type { MediaService } from '../../src/media/media-service.ts';
import { brokenMs } from '../../src/media/outside/ice-sessions.ts';
import { OutsideSessions } from '../../src/media/outside/sessions.ts';
import { startTestApp } from '../support/app.ts';
import { WhipClient } from '../support/whip-client.ts';

const wait = { timeout: 20_000 };
const clients: WhipClient[] = [];

function encoder(): WhipClient {
  const client = new WhipClient();
  clients.push(client);
  return client;
}
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

describe('an encoder’s session', () => {
  const publisher = { sessionId: 'a-token', dialogueId: 'd', bridgePointId: 'hall-a' };
  const nothing: DesiredStage = {
    feeds: new Map(),
    screen: null,
    lines: new Map(),
    muted: new Set(),
  };
  let media: MediaService;
  let outside: OutsideSessions;

  beforeEach(async () => {
    media = await createMediaService({ workers: 1, listenAddress: '127.0.0.1', portMin: 0 });
    outside = new OutsideSessions(media);
  });
  afterEach(() => media.close());

  it('is heard and seen while its bridge point is on air, and only then', async () => {
    const packets = new Map<string, number>();
    media.tap({
      handleTrack: (track) =>
        void track.onRtp(() => packets.set(track.source, (packets.get(track.source) ?? 0) + 1)),
      handleTrackEnded: () => {},
    });
    const client = encoder();
    const { answer } = await outside.open(publisher, await client.offer());
    client.send(answer);
    expect(packets).toEqual(new Map());
    await media.reconcile('d', { ...nothing, feeds: new Map([['hall-a', 'onAir']]) });
    await expect.poll(() => packets.get('microphone') ?? 0, wait).toBeGreaterThan(20);
    await expect.poll(() => packets.get('camera') ?? 0, wait).toBeGreaterThan(20);
    await media.reconcile('d', nothing);
    const [then] = [packets.get('microphone')];
    // What was on its way when the gate closed has come by the time a later request is answered.
    await media.reconcile('d', nothing);
    const closedAt = packets.get('microphone')!;
    expect(closedAt - then!).toBeLessThan(10);
  });

  it('gives way to another one of the same bridge point, and leaves nothing behind', async () => {
    const first = await outside.open(publisher, await encoder().offer());
    const second = await outside.open(publisher, await encoder().offer());
    expect(outside.holderOf(first.id)).toBeUndefined();
    expect(outside.holderOf(second.id)).toEqual(publisher);
    outside.close(second.id);
    await expect
      .poll(() => media.counts(), wait)
      .toMatchObject({ transports: 0, producers: 0, consumers: 0 });
  });

  it('ends with the token that opened it', async () => {
    const { id } = await outside.open(publisher, await encoder().offer());
    outside.closeOf('another-token');
    expect(outside.holderOf(id)).toBeDefined();
    outside.closeOf(publisher.sessionId);
    expect(outside.holderOf(id)).toBeUndefined();
  });

  it('ends when it has had no path for a minute, or its token holds no more', async () => {
    const holding = (...sessionIds: string[]) =>
      Promise.resolve(new Map(sessionIds.map((id) => [id, Infinity])));
    let packets = 0;
    media.tap({
      // A track that comes as the service closes cannot be listened to any more.
      handleTrack: (track) => void track.onRtp(() => (packets += 1)).catch(() => {}),
      handleTrackEnded: () => {},
    });
    await media.reconcile('d', { ...nothing, feeds: new Map([['hall-a', 'onAir']]) });
    const client = encoder();
    const { id, answer } = await outside.open(publisher, await client.offer());
    await outside.check(() => holding('a-token'), 0);
    client.send(answer);
    await expect.poll(() => packets, wait).toBeGreaterThan(20);
    // It has a path by now; how long it had none before no longer counts.
    await outside.check(() => holding('a-token'), brokenMs);
    expect(outside.holderOf(id)).toBeDefined();

    const silent = await outside.open(
      { ...publisher, bridgePointId: 'hall-b' },
      await encoder().offer(),
    );
    await outside.check(() => holding('a-token'), brokenMs);
    await outside.check(() => holding('a-token'), 2 * brokenMs);
    expect(outside.holderOf(silent.id)).toBeUndefined();
    expect(outside.holderOf(id)).toBeDefined();

    const next = await outside.open(publisher, await encoder().offer());
    await outside.check(() => holding('another-token'), 3 * brokenMs);
    expect(outside.holderOf(next.id)).toBeUndefined();
  });

  it('leaves nothing behind when its offer cannot be used', async () => {
    const offer = (await encoder().offer()).replaceAll('VP8', 'XYZ');
    await expect(outside.open(publisher, offer)).rejects.toMatchObject({ code: 'unusable' });
    await expect.poll(() => media.counts(), wait).toMatchObject({ routers: 0, transports: 0 });
  });
});

describe('WHIP over HTTP', () => {
  let server: Awaited<ReturnType<typeof startTestApp>>;
  let app: App;
  let hall: string;
  let token: string;
  let url: string;
  const sdp = { 'Content-Type': 'application/sdp' };
  const fragmentType = { 'Content-Type': 'application/trickle-ice-sdpfrag' };
  const bearer = () => ({ Authorization: `Bearer ${token}` });

  beforeAll(async () => {
    server = await startTestApp();
    app = await server.start();
    hall = await server.dialogue.hall(1);
    const issued = await issue();
    expect(issued.status).toBe(200);
    const body = (await issued.json()) as DeviceTokenBody;
    token = body.token;
    url = `${app.url}${body.path}`;
  });
  afterAll(async () => {
    await app.close();
    await server.close();
  });

  async function issue(subject = server.secretarySubject as never): Promise<Response> {
    const { cookie, principal } = await server.enter(subject);
    return fetch(`${app.url}/api/dialogues/${server.dialogue.id}/encoders`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Origin: app.url,
        Cookie: cookie,
        'X-Principal': principal,
      },
      body: JSON.stringify({ bridgePointId: hall }),
    });
  }

  async function post(
    body: string,
    headers: Record<string, string> = { ...sdp, ...bearer() },
  ): Promise<Response> {
    return fetch(url, { method: 'POST', headers, body });
  }

  async function open(): Promise<{ session: string; etag: string; offer: string }> {
    const client = encoder();
    const offer = await client.offer();
    const answer = await post(offer);
    expect(answer.status).toBe(201);
    client.send(await answer.text());
    const session = new URL(answer.headers.get('location')!, url).href;
    return { session, etag: answer.headers.get('etag')!, offer };
  }

  const patch = (session: string, headers: Record<string, string>, body: string) =>
    fetch(session, { method: 'PATCH', headers: { ...bearer(), ...headers }, body });

  it('a hall’s moderator gives no tokens', async () => {
    expect((await issue((await server.moderatorSubject(1)) as never)).status).toBe(403);
  });

  it('answers an offer with 201, an answer, an address and an ETag', async () => {
    const answer = await post(await encoder().offer());
    expect(answer.status).toBe(201);
    expect(answer.headers.get('content-type')).toContain('application/sdp');
    expect(answer.headers.get('etag')).toMatch(/^"[\w-]+"$/);
    const text = await answer.text();
    expect(text.match(/^a=recvonly/gm)).toHaveLength(2);
    expect(text).toContain('a=setup:passive');
    expect(text).toContain('a=ice-lite');
    const session = new URL(answer.headers.get('location')!, url);
    expect((await fetch(session, { method: 'DELETE', headers: bearer() })).status).toBe(200);
  });

  it('shows the hall’s picture and sound to the desk, and their end', async () => {
    const desk = await server.connectAs(app.url, server.secretarySubject);
    await desk.sync();
    const seen: unknown[] = [];
    desk.socket.on('signal', ({ name, value }: { name: string; value: never }) => {
      const halls = (value as { bridgePoints?: Record<string, unknown> }).bridgePoints;
      if (name === 'presence' && halls && hall in halls) seen.push(halls[hall]);
    });
    const { session } = await open();
    await expect
      .poll(() => seen.at(-1), wait)
      .toMatchObject({ computer: false, camera: true, microphone: true });
    expect((await fetch(session, { method: 'DELETE', headers: bearer() })).status).toBe(200);
    await expect.poll(() => seen.at(-1), wait).toBeNull();
    expect((await fetch(session, { method: 'DELETE', headers: bearer() })).status).toBe(404);
    desk.close();
  });

  it.each<[what: string, status: number, request: () => Promise<Response>]>([
    ['no token', 401, async () => post(await encoder().offer(), sdp)],
    [
      'a wrong token',
      401,
      async () =>
        post(await encoder().offer(), { ...sdp, Authorization: `Bearer ${'x'.repeat(43)}` }),
    ],
    ['another type', 415, () => post('{}', { ...bearer(), 'Content-Type': 'application/json' })],
    ['no body', 400, () => post('')],
    ['no session description', 400, () => post('hello')],
    [
      'an offer to receive',
      422,
      async () => post((await encoder().offer()).replaceAll('a=sendonly', 'a=recvonly')),
    ],
    [
      'a codec that nobody takes',
      422,
      async () => post((await encoder().offer()).replaceAll('VP8', 'XYZ')),
    ],
    [
      'no fingerprint',
      422,
      async () => post((await encoder().offer()).replaceAll(/^a=fingerprint.*\r\n/gm, '')),
    ],
    ['too much', 413, () => post(`v=0\r\n${'a=x\r\n'.repeat(20_000)}`)],
    ['GET', 405, () => fetch(url, { headers: bearer() })],
    ['PUT', 405, () => fetch(url, { method: 'PUT', headers: bearer(), body: 'x' })],
    ['GET of a session', 405, () => fetch(`${url}/x`, { headers: bearer() })],
    [
      'POST to a session',
      405,
      () => fetch(`${url}/x`, { method: 'POST', headers: bearer(), body: 'x' }),
    ],
    [
      'a session that is not',
      404,
      () => fetch(`${url}/x`, { method: 'DELETE', headers: bearer() }),
    ],
    ['OPTIONS', 200, () => fetch(url, { method: 'OPTIONS' })],
  ])('answers %s with %i', async (_what, status, request) => {
    const answer = await request();
    expect(answer.status).toBe(status);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    if (status === 401) expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    if (status === 405) expect(answer.headers.get('allow')).toContain('OPTIONS');
  });

  it('takes a trickled candidate, restarts ICE, and knows which session is meant', async () => {
    const { session, etag, offer } = await open();
    const ufrag = /^a=ice-ufrag:(\S+)/m.exec(offer)![1]!;
    const fragment = (name: string) =>
      `a=ice-ufrag:${name}\r\na=ice-pwd:0123456789012345678901\r\nm=audio 9 RTP/AVP 0\r\na=mid:0\r\n`;
    const ask = (headers: Record<string, string>, body: string) =>
      patch(session, { ...fragmentType, ...headers }, body);

    expect((await ask({}, fragment(ufrag))).status).toBe(428);
    expect((await ask({ 'If-Match': '"another"' }, fragment(ufrag))).status).toBe(412);
    expect((await ask({ 'If-Match': etag }, 'a=nothing\r\n')).status).toBe(400);
    expect((await patch(session, { ...sdp, 'If-Match': etag }, 'x')).status).toBe(415);
    expect((await ask({ 'If-Match': etag }, fragment(ufrag))).status).toBe(204);

    const restarted = await ask({ 'If-Match': '*' }, fragment('anew'));
    expect(restarted.status).toBe(200);
    const after = restarted.headers.get('etag')!;
    expect(after).not.toBe(etag);
    expect(await restarted.text()).toMatch(/a=ice-ufrag:\S+\r\na=ice-pwd:\S+\r\na=candidate:/);
    expect((await ask({ 'If-Match': etag }, fragment('anew'))).status).toBe(412);
    expect((await ask({ 'If-Match': after }, fragment('anew'))).status).toBe(204);
  });
});
