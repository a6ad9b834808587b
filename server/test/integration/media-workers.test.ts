import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMediaService } from '../../src/media/media-service.ts';
import type { MediaService } from '../../src/media/media-service.ts';
import { TestPeer } from '../support/media-hall.ts';

const fingerprint = { algorithm: 'sha-256' as const, value: Array(32).fill('AB').join(':') };
let media: MediaService;

beforeEach(async () => {
  media = await createMediaService({
    workers: 2,
    listenAddress: '127.0.0.1',
    announcedAddress: 'media.example.vn',
    portMin: 0,
  });
});

afterEach(() => media.close());

async function join(dialogueId: string): Promise<TestPeer> {
  const peer = new TestPeer(media, dialogueId);
  await peer.request('media:join', {});
  return peer;
}

describe('media workers', () => {
  it('share what a dialogue has, and only those on a died one are reset', async () => {
    const peers = [await join('dialogue-1'), await join('dialogue-1')];
    for (const peer of peers) await peer.request('media:createTransport', { direction: 'recv' });
    expect(media.counts()).toMatchObject({ routers: 2, transports: 2 });
    process.kill(media.workerPids()[0]!, 'SIGKILL');
    await expect.poll(() => peers[0]!.notified('media:reset')).toEqual([{}]);
    await expect.poll(() => media.workerPids().length).toBe(2);
    expect(peers[1]!.notified('media:reset')).toEqual([]);

    await peers[0]!.request('media:join', {});
    await peers[0]!.request('media:createTransport', { direction: 'recv' });
    expect(media.counts()).toMatchObject({ workers: 2, routers: 2, transports: 2 });
  });

  it('offer UDP before TCP on the address that browsers reach, one port a worker', async () => {
    const candidates = [];
    for (const peer of [await join('dialogue-1'), await join('dialogue-1'), await join('other')]) {
      const direction = 'recv';
      const { iceCandidates } = await peer.request('media:createTransport', { direction });
      expect(iceCandidates.map(({ protocol, address }) => `${protocol} ${address}`)).toEqual([
        'udp media.example.vn',
        'tcp media.example.vn',
      ]);
      expect(iceCandidates[0]!.priority).toBeGreaterThan(iceCandidates[1]!.priority);
      candidates.push(iceCandidates.map(({ port }) => port));
    }
    expect(candidates[0]).not.toEqual(candidates[1]);
    expect(candidates[2]).toEqual(candidates[0]);
  });

  it('connect a transport once, and give it new credentials for an ICE restart', async () => {
    const peer = await join('dialogue-1');
    const { id: transportId, iceParameters } = await peer.request('media:createTransport', {
      direction: 'recv',
    });
    const dtlsParameters = { role: 'client' as const, fingerprints: [fingerprint] };
    await peer.request('media:connectTransport', { transportId, dtlsParameters });
    await expect(
      peer.request('media:connectTransport', { transportId, dtlsParameters }),
    ).rejects.toMatchObject({ code: 'media.incompatible' });

    const restarted = await peer.request('media:restartIce', { transportId });
    expect(restarted.iceParameters.usernameFragment).not.toBe(iceParameters.usernameFragment);
  });

  it('that cannot start are named at once', async () => {
    await expect(
      createMediaService({
        workerBin: '/nonexistent/mediasoup-worker',
        workers: 1,
        listenAddress: '127.0.0.1',
        portMin: 0,
      }),
    ).rejects.toThrow(/nonexistent/);
  });

  it('leave nothing behind when a port is taken', async () => {
    const direction = 'recv';
    const { iceCandidates } = await (
      await join('dialogue-1')
    ).request('media:createTransport', { direction });
    const config = { workers: 1, listenAddress: '127.0.0.1', portMin: iceCandidates[0]!.port };
    await expect(createMediaService(config)).rejects.toThrow();
    await media.close();
    const second = await createMediaService(config);
    expect(second.workerPids()).toHaveLength(1);
    await second.close();
  });
});
