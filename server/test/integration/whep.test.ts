import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DeviceTokenBody } from '@nhip-cau/shared/protocol/http';
import type { App } from '../../src/app.ts';
import type { ProgrammeSource } from '../../src/dialogue/recording/ports.ts';
import { createMediaService } from '../../src/media/media-service.ts';
import type { MediaService } from '../../src/media/media-service.ts';
import { brokenMs } from '../../src/media/outside/ice-sessions.ts';
import { mostOfToken, PlayerSessions } from '../../src/media/outside/players.ts';
import { MixedProgramme } from '../../src/recording/broadcast/mixed-programme.ts';
import { Programme } from '../../src/recording/broadcast/programme.ts';
import { Programmes } from '../../src/recording/broadcast/programmes.ts';
import { startTestApp } from '../support/app.ts';
import { requireFfmpeg } from '../support/clip-sender.ts';
import { joinPublisher } from '../support/media-hall.ts';
import { createMediaWire } from '../support/media-wire.ts';
import type { MediaWire } from '../support/media-wire.ts';
import { clips, openRecordedDialogue } from '../support/recorded-dialogue.ts';
import type { RecordedDialogue } from '../support/recorded-dialogue.ts';
import { SocketClient } from '../support/socket-client.ts';
import { tonesIn } from '../support/tones.ts';
import { colorOf, playerTypes, WhepClient } from '../support/whep-client.ts';

const wait = { timeout: 30_000 };
const clients: WhepClient[] = [];

function player(): WhepClient {
  const client = new WhepClient();
  clients.push(client);
  return client;
}
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

describe('the programme of a dialogue that is live', () => {
  const tones = Object.values(clips).map(({ tone }) => tone);
  let recorded: RecordedDialogue;
  let players: PlayerSessions;
  let failures: unknown[];

  beforeAll(async () => {
    recorded = await openRecordedDialogue();
    const { dialogue, engine, ffmpeg, media } = recorded;
    failures = [];
    const programmes = new Programmes({ ffmpeg, onError: (error) => failures.push(error) });
    engine.onCommitted((state) => programmes.handleState(state));
    media.tap(programmes);
    players = new PlayerSessions(media, {
      take: async (_dialogueId, output) =>
        MixedProgramme.take(programmes.of(await dialogue.state()), output),
    });
  }, 120_000);
  afterAll(async () => {
    players.closeAll();
    await recorded.close();
  });

  async function open(): Promise<WhepClient> {
    const client = player();
    const device = { sessionId: 'a-token', dialogueId: recorded.dialogue.id };
    const { answer } = await players.open(device, await client.offer());
    client.play(answer);
    return client;
  }

  const shows = (client: WhepClient, color: string) =>
    expect
      .poll(async () => {
        const frame = client.keyFrame();
        return frame && (await colorOf(recorded, frame));
      }, wait)
      .toBe(color);
  const sounds = (client: WhepClient, ...expected: number[]) =>
    expect.poll(() => tonesIn(client.sound(50), tones), wait).toEqual(expected);

  it('is its title first, then whoever speaks, with the head table’s sound', async () => {
    const before = recorded.media.counts();
    const { central, hall1, hall2 } = clips;
    const { dialogue } = recorded;
    const client = await open();
    await shows(client, 'dark');
    await dialogue.do(dialogue.secretary, 'dialogue.start', {});
    await shows(client, central.color);
    await sounds(client, central.tone);

    const call = async (hall: number) =>
      dialogue.do(dialogue.secretary, 'floor.call', { questionId: await dialogue.accepted(hall) });
    await call(1);
    await shows(client, hall1.color);
    await sounds(client, central.tone, hall1.tone);

    const late = await open();
    await shows(late, hall1.color);
    await sounds(late, central.tone, hall1.tone);

    await call(2);
    for (const one of [client, late]) {
      await shows(one, hall2.color);
      await sounds(one, central.tone, hall2.tone);
    }

    players.closeDialogue(dialogue.id);
    expect(players.plays(dialogue.id)).toBe(false);
    await expect
      .poll(() => recorded.media.counts(), wait)
      .toMatchObject({
        routers: before.routers,
        producers: before.producers,
      });
    expect(failures).toEqual([]);
  }, 120_000);
});

describe('a player’s session', () => {
  const device = { sessionId: 'a-token', dialogueId: 'd' };
  let wire: MediaWire;
  let media: MediaService;
  let players: PlayerSessions;
  let programme: Programme;

  beforeEach(async () => {
    wire = createMediaWire();
    media = await createMediaService(
      { workers: 2, listenAddress: '127.0.0.1', portMin: 0 },
      {},
      wire.open,
    );
    programme = new Programme({
      ffmpeg: requireFfmpeg(),
      title: 'Đối thoại',
      stage: { centralId: 'hall-a', speakerId: null },
      onError: () => {},
    });
    media.tap({
      handleTrack: (track) => programme.add(track),
      handleTrackEnded: (id) => programme.remove(id),
    });
    const source: ProgrammeSource = {
      take: (_dialogueId, output) => MixedProgramme.take(programme, output),
    };
    players = new PlayerSessions(media, source);
  });
  afterEach(async () => {
    players.closeAll();
    wire.close();
    await media.close();
  });

  async function open(client = player()): Promise<{ client: WhepClient; id: string }> {
    const { answer, id } = await players.open(device, await client.offer());
    client.play(answer);
    return { client, id };
  }

  it('asks the camera that is shown for a key frame', async () => {
    const { source } = await joinPublisher(media, wire, 'd', 'hall-a');
    await media.reconcile('d', {
      feeds: new Map([['hall-a', 'onAir']]),
      screen: null,
      lines: new Map(),
      muted: new Set(),
    });
    const first = await open();
    await expect.poll(() => first.client.packets('video').length, wait).toBeGreaterThan(50);
    const before = source.keyFrameRequests();
    const crowd = await Promise.all(Array.from({ length: 6 }, () => open()));
    for (const { client } of crowd) {
      await expect.poll(() => client.packets('video').length, wait).toBeGreaterThan(50);
    }
    await expect.poll(() => source.keyFrameRequests(), wait).toBeGreaterThan(before);
  });

  it('stands on the least loaded worker, and leaves nothing behind', async () => {
    const empty = media.counts();
    const two = [await open(), await open()];
    // Each worker has a router with the programme, and one player.
    expect(media.counts()).toMatchObject({
      routers: empty.routers + 2,
      producers: empty.producers + 4,
      consumers: empty.consumers + 4,
    });
    for (const { client, id } of two) {
      await expect.poll(() => client.packets('audio').length, wait).toBeGreaterThan(20);
      players.close(id);
      players.close(id);
    }
    await expect.poll(() => media.counts(), wait).toEqual(empty);
    expect(players.plays('d')).toBe(false);
  });

  it('sends under the numbers that the player gave, in one stream', async () => {
    const { answer } = await players.open(device, await player().offer());
    expect(answer).toContain(`a=rtpmap:${playerTypes.audio} opus/48000/2\r\n`);
    expect(answer).toContain(`a=rtpmap:${playerTypes.video} VP8/90000\r\n`);
    expect(answer.match(/^a=sendonly/gm)).toHaveLength(2);
    expect(answer.match(/^a=msid:programme /gm)).toHaveLength(2);
    expect(answer.match(/^a=setup:passive/gm)).toHaveLength(2);
  });

  it('has one kind where the player wants one, and closes what else it offers', async () => {
    const offer = await player().offer();
    const [head, audio, video] = offer.split(/(?=^m=)/m) as [string, string, string];
    const channel =
      'm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\na=mid:2\r\n';
    const both = head.replace(/BUNDLE .*/, 'BUNDLE 0 2');
    const { answer } = await players.open(device, both + audio + channel);
    expect(answer).toContain('a=group:BUNDLE 0\r\n');
    expect(answer).toContain('m=application 0 ');
    const one = await players.open(device, head.replace(/BUNDLE .*/, 'BUNDLE 1') + video);
    expect(one.answer).not.toContain('opus');
  });

  it('ends with its worker, with its token, and when nobody is left at the other end', async () => {
    const holding = (...sessionIds: string[]) =>
      Promise.resolve(new Map(sessionIds.map((id) => [id, Infinity])));
    const { client, id } = await open();
    await expect.poll(() => client.packets('audio').length, wait).toBeGreaterThan(20);
    const silent = await players.open({ ...device, sessionId: 'b-token' }, await player().offer());
    await players.check(() => holding('a-token', 'b-token'), 0);
    await players.check(() => holding('a-token', 'b-token'), brokenMs);
    expect(players.holderOf(silent.id)).toBeUndefined();
    expect(players.holderOf(id)).toEqual(device);

    const next = await open();
    await players.check(() => holding('b-token'), brokenMs);
    expect(players.holderOf(next.id)).toBeUndefined();

    const third = await open();
    players.closeOf('another-token');
    expect(players.holderOf(third.id)).toBeDefined();
    const killed = media.workerPids();
    for (const pid of killed) process.kill(pid, 'SIGKILL');
    await expect.poll(() => players.holderOf(third.id), wait).toBeUndefined();
    const started = () => media.workerPids().filter((pid) => !killed.includes(pid));
    await expect.poll(() => started().length, wait).toBe(2);
    const fourth = await open();
    await expect.poll(() => fourth.client.packets('audio').length, wait).toBeGreaterThan(20);
  });

  it('is refused beyond the number of one token', async () => {
    for (let count = 0; count < mostOfToken; count += 1) {
      await players.open(device, await player().offer());
    }
    const offer = await player().offer();
    await expect(players.open(device, offer)).rejects.toMatchObject({ code: 'crowded' });
    await players.open({ ...device, sessionId: 'b-token' }, offer);
  });

  it('waits for nothing where no programme can be made', async () => {
    const none = new PlayerSessions(media, null);
    const offer = await player().offer();
    await expect(none.open(device, offer)).rejects.toMatchObject({ code: 'unavailable' });
    const failing = new PlayerSessions(media, { take: () => Promise.reject(new Error('no disk')) });
    await expect(failing.open(device, offer)).rejects.toMatchObject({ code: 'unavailable' });
    expect(failing.plays('d')).toBe(false);
  });
});

describe('WHEP over HTTP', () => {
  let server: Awaited<ReturnType<typeof startTestApp>>;
  let app: App;
  let hall: string;
  let token: string;
  let url: string;
  const sdp = { 'Content-Type': 'application/sdp' };
  const fragmentType = { 'Content-Type': 'application/trickle-ice-sdpfrag' };
  const bearer = () => ({ Authorization: `Bearer ${token}` });

  beforeAll(async () => {
    server = await startTestApp({
      TURN_URLS: 'turn:turn.example.vn',
      TURN_SECRET: 'shared with the relay',
    });
    app = await server.start();
    hall = await server.dialogue.hall(1);
    const issued = await issue('players');
    expect(issued.status).toBe(200);
    const body = (await issued.json()) as DeviceTokenBody;
    expect(body.path).toBe(`/whep/${hall}`);
    token = body.token;
    url = `${app.url}${body.path}`;
  });
  afterAll(async () => {
    await app.close();
    await server.close();
  });

  async function issue(
    kind: 'players' | 'encoders',
    subject = server.secretarySubject as never,
  ): Promise<Response> {
    const { cookie, principal } = await server.enter(subject);
    return fetch(`${app.url}/api/dialogues/${server.dialogue.id}/${kind}`, {
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

  const post = (body: string, headers: Record<string, string> = { ...sdp, ...bearer() }) =>
    fetch(url, { method: 'POST', headers, body });

  async function open(): Promise<{
    client: WhepClient;
    session: string;
    etag: string;
    offer: string;
  }> {
    const client = player();
    const offer = await client.offer();
    const answer = await post(offer);
    expect(answer.status).toBe(201);
    client.play(await answer.text());
    const session = new URL(answer.headers.get('location')!, url).href;
    return { client, session, etag: answer.headers.get('etag')!, offer };
  }

  const patch = (session: string, headers: Record<string, string>, body: string) =>
    fetch(session, { method: 'PATCH', headers: { ...bearer(), ...headers }, body });
  const remove = (session: string) => fetch(session, { method: 'DELETE', headers: bearer() });

  it('a hall’s moderator gives no tokens, and an encoder’s plays nothing', async () => {
    expect((await issue('players', (await server.moderatorSubject(1)) as never)).status).toBe(403);
    const encoder = (await (await issue('encoders')).json()) as DeviceTokenBody;
    const headers = { ...sdp, Authorization: `Bearer ${encoder.token}` };
    expect((await post(await player().offer(), headers)).status).toBe(401);
  });

  it.each(['encoder', 'player'] as const)(
    'the token of an %s opens no page',
    async (deviceRole) => {
      const subject = {
        kind: 'device',
        dialogueId: server.dialogue.id,
        bridgePointId: hall,
      } as const;
      const entered = await server.enter({ ...subject, deviceRole });
      const connect = (page?: 'screen') =>
        SocketClient.connect(app.url, {
          ...entered,
          dialogueId: server.dialogue.id,
          ...(page ? { page } : {}),
        });
      const refusal = { data: { code: 'not_allowed' } };
      await expect(connect('screen')).rejects.toMatchObject(refusal);
      await expect(connect()).rejects.toMatchObject(refusal);
    },
  );

  it('answers an offer with 201, an answer, an address and an ETag, and plays', async () => {
    const answer = await post(await player().offer());
    expect(answer.status).toBe(201);
    expect(answer.headers.get('content-type')).toContain('application/sdp');
    expect(answer.headers.get('etag')).toMatch(/^"[\w-]+"$/);
    expect(await answer.text()).toContain('a=ice-lite');
    expect(answer.headers.get('link')).toMatch(
      /^<turn:turn\.example\.vn>; rel="ice-server"; username="\d+:.+"; credential=".+"/,
    );
    const session = new URL(answer.headers.get('location')!, url).href;
    expect((await remove(session)).status).toBe(200);

    const { client, session: playing } = await open();
    await expect.poll(() => client.packets('audio').length, wait).toBeGreaterThan(20);
    await expect.poll(() => client.keyFrame(), wait).not.toBeNull();
    expect((await remove(playing)).status).toBe(200);
    expect((await remove(playing)).status).toBe(404);
  });

  it.each<[what: string, status: number, request: () => Promise<Response>]>([
    ['no token', 401, async () => post(await player().offer(), sdp)],
    [
      'a wrong token',
      401,
      async () =>
        post(await player().offer(), { ...sdp, Authorization: `Bearer ${'x'.repeat(43)}` }),
    ],
    ['another type', 415, () => post('{}', { ...bearer(), 'Content-Type': 'application/json' })],
    ['no body', 400, () => post('')],
    ['no session description', 400, () => post('hello')],
    [
      'an offer to send',
      422,
      async () => post((await player().offer()).replaceAll('a=recvonly', 'a=sendonly')),
    ],
    [
      'a codec that the programme has not',
      422,
      async () => post((await player().offer()).replaceAll('VP8', 'H264')),
    ],
    [
      'no fingerprint',
      422,
      async () => post((await player().offer()).replaceAll(/^a=fingerprint.*\r\n/gm, '')),
    ],
    ['too much', 413, () => post(`v=0\r\n${'a=x\r\n'.repeat(20_000)}`)],
    ['GET', 405, () => fetch(url, { headers: bearer() })],
    ['PUT', 405, () => fetch(url, { method: 'PUT', headers: bearer(), body: 'x' })],
    ['GET of a session', 405, () => fetch(`${url}/x`, { headers: bearer() })],
    ['a session that is not', 404, () => remove(`${url}/x`)],
    ['OPTIONS', 200, () => fetch(url, { method: 'OPTIONS' })],
  ])('answers %s with %i', async (_what, status, request) => {
    const answer = await request();
    expect(answer.status).toBe(status);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    if (status === 401) expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    if (status === 405) expect(answer.headers.get('allow')).toContain('OPTIONS');
    if (status === 200) expect(answer.headers.get('accept-post')).toBe('application/sdp');
  });

  it('takes a trickled candidate, restarts ICE, and knows which session is meant', async () => {
    const { etag, offer, session } = await open();
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
    expect(restarted.headers.get('etag')).not.toBe(etag);
    expect(await restarted.text()).toMatch(/a=ice-ufrag:\S+\r\na=ice-pwd:\S+\r\na=candidate:/);
    expect((await remove(session)).status).toBe(200);
  });

  it('ends with the token, and with the dialogue', async () => {
    const { cookie, principal } = await server.enter(server.secretarySubject as never);
    const { client, session } = await open();
    await expect.poll(() => client.packets('audio').length, wait).toBeGreaterThan(20);
    const staff = { Origin: app.url, Cookie: cookie, 'X-Principal': principal };
    const list = `${app.url}/api/dialogues/${server.dialogue.id}/sessions`;
    const sessions = (await (await fetch(list, { headers: staff })).json()) as {
      id: string;
      deviceRole: string;
    }[];
    for (const { deviceRole, id } of sessions) {
      if (deviceRole !== 'player') continue;
      const revoked = await fetch(`${list}/${id}`, { method: 'DELETE', headers: staff });
      expect(revoked.status).toBe(200);
    }
    await expect.poll(() => client.isOver, wait).toBe(true);
    expect((await post(await player().offer())).status).toBe(401);
    expect((await remove(session)).status).toBe(401);

    token = ((await (await issue('players')).json()) as DeviceTokenBody).token;
    const last = await open();
    await expect.poll(() => last.client.packets('audio').length, wait).toBeGreaterThan(20);
    const desk = await server.connectAs(app.url, server.secretarySubject);
    await desk.send('dialogue.start', {});
    await desk.send('dialogue.end', {});
    desk.close();
    await expect.poll(() => last.client.isOver, wait).toBe(true);
    expect((await post(await player().offer())).status).toBe(409);
    expect((await remove(last.session)).status).toBe(409);
  });
});
