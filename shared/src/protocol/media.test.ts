import { describe, expect, it } from 'vitest';
import { mediaRequests } from './media.ts';

const fingerprint = { algorithm: 'sha-256', value: Array(32).fill('AB').join(':') };
const audio = {
  mid: '0',
  codecs: [
    {
      mimeType: 'audio/opus',
      payloadType: 111,
      clockRate: 48_000,
      channels: 2,
      parameters: { minptime: 10, useinbandfec: 1, 'sprop-stereo': 0, usedtx: 1 },
      rtcpFeedback: [{ type: 'transport-cc', parameter: '' }],
    },
  ],
  headerExtensions: [
    { uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 4, encrypt: false, parameters: {} },
  ],
  encodings: [{ ssrc: 1234, dtx: false }],
  rtcp: { cname: 'c', reducedSize: true },
  msid: '- 0d7a',
};
const layer = (rid: string, scaleResolutionDownBy: number) => ({
  rid,
  scaleResolutionDownBy,
  maxBitrate: 100_000,
  scalabilityMode: 'L1T3',
});
const video = {
  codecs: [
    { mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000, parameters: {}, rtcpFeedback: [] },
    { mimeType: 'video/rtx', payloadType: 97, clockRate: 90_000, parameters: { apt: 96 } },
  ],
  encodings: [layer('r0', 4), layer('r1', 2), layer('r2', 1)],
};
const produce = (source: string, rtpParameters: object) => ({
  transportId: '0b6f9f1e',
  source,
  rtpParameters,
  appData: {},
});
const receiver = { wantsVideo: true, wantsAudio: true, maxFeeds: 2 };
const opusCapability = {
  kind: 'audio',
  mimeType: 'audio/opus',
  preferredPayloadType: 100,
  clockRate: 48_000,
  channels: 2,
};

type Case = [string, keyof typeof mediaRequests, unknown];

describe('media requests', () => {
  it.each<Case>([
    ['a join', 'media:join', {}],
    ['a microphone', 'media:produce', produce('microphone', audio)],
    ['a screen', 'media:produce', produce('screen', video)],
    ['its sound', 'media:produce', produce('screenSound', audio)],
    ['a private line', 'media:produce', produce('line', audio)],
    [
      'a hardware encoder’s picture',
      'media:produce',
      produce('camera', {
        codecs: [
          {
            mimeType: 'video/H264',
            payloadType: 102,
            clockRate: 90_000,
            parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f' },
          },
        ],
        encodings: [{ ssrc: 1 }],
      }),
    ],
    [
      'a receiver on a lower rung that watches',
      'media:setReceiver',
      {
        ...receiver,
        rung: 'still',
        maxHeight: 360,
        watches: ['0b6f9f1e'],
        rtpCapabilities: { codecs: [opusCapability] },
      },
    ],
    ['a camera in three layers', 'media:produce', produce('camera', video)],
    [
      'a camera in one stream',
      'media:produce',
      produce('camera', { ...video, encodings: [{ ssrc: 1, rtx: { ssrc: 2 } }] }),
    ],
    [
      'a certificate',
      'media:connectTransport',
      { transportId: 'a', dtlsParameters: { role: 'client', fingerprints: [fingerprint] } },
    ],
    [
      'a receiver',
      'media:setReceiver',
      { ...receiver, rtpCapabilities: { codecs: [opusCapability], headerExtensions: [] } },
    ],
  ])('take %s', (_, name, payload) => {
    expect(mediaRequests[name].request.safeParse(payload).error).toBeUndefined();
  });

  it.each<Case>([
    ['an unknown field', 'media:join', { as: 'host' }],
    ['an unknown source', 'media:produce', produce('desktop', video)],
    ['a picture as sound', 'media:produce', produce('line', video)],
    ['sound as a picture', 'media:produce', produce('camera', audio)],
    [
      'paused: false, which is not the client’s to say',
      'media:produce',
      { ...produce('microphone', audio), paused: false },
    ],
    [
      'appData',
      'media:produce',
      { ...produce('microphone', audio), appData: { bridgePointId: 'b' } },
    ],
    [
      'two microphones in one',
      'media:produce',
      produce('microphone', { ...audio, encodings: [{ ssrc: 1 }, { ssrc: 2 }] }),
    ],
    [
      'another codec',
      'media:produce',
      produce('camera', { ...video, codecs: [{ ...video.codecs[0], mimeType: 'video/AV1' }] }),
    ],
    [
      'a foreign rid',
      'media:produce',
      produce('camera', { ...video, encodings: [layer('hi', 1)] }),
    ],
    [
      'layers out of order',
      'media:produce',
      produce('camera', { ...video, encodings: [layer('r1', 1), layer('r0', 2)] }),
    ],
    [
      'one layer twice',
      'media:produce',
      produce('camera', { ...video, encodings: [layer('r0', 1), layer('r0', 2)] }),
    ],
    [
      'four layers',
      'media:produce',
      produce('camera', { ...video, encodings: Array(4).fill(layer('r0', 1)) }),
    ],
    [
      'a payload type beyond RTP’s',
      'media:produce',
      produce('microphone', { ...audio, codecs: [{ ...audio.codecs[0], payloadType: 128 }] }),
    ],
    [
      'a negative ssrc',
      'media:produce',
      produce('microphone', { ...audio, encodings: [{ ssrc: -1 }] }),
    ],
    ['a long mid', 'media:produce', produce('microphone', { ...audio, mid: 'm'.repeat(1000) })],
    [
      'a parameter of no codec’s form',
      'media:produce',
      produce('microphone', {
        ...audio,
        codecs: [{ ...audio.codecs[0], parameters: { a_b: 1 } }],
      }),
    ],
    [
      'a parameter of two lines',
      'media:produce',
      produce('microphone', {
        ...audio,
        codecs: [{ ...audio.codecs[0], parameters: { x: '1\r\nm=audio 9 RTP/AVP 0' } }],
      }),
    ],
    [
      'an unknown header extension',
      'media:produce',
      produce('microphone', { ...audio, headerExtensions: [{ uri: 'urn:x', id: 1 }] }),
    ],
    [
      'a weak fingerprint',
      'media:connectTransport',
      {
        transportId: 'a',
        dtlsParameters: { fingerprints: [{ ...fingerprint, algorithm: 'sha-1' }] },
      },
    ],
    [
      'no fingerprint',
      'media:connectTransport',
      { transportId: 'a', dtlsParameters: { fingerprints: [] } },
    ],
    ['a transport of no form', 'media:restartIce', { transportId: '../etc' }],
    [
      'a thousand codecs',
      'media:setReceiver',
      { ...receiver, rtpCapabilities: { codecs: Array(1000).fill(opusCapability) } },
    ],
    [
      'a rung of no ladder',
      'media:setReceiver',
      { ...receiver, rung: 'tiny', rtpCapabilities: { codecs: [opusCapability] } },
    ],
    [
      'more halls than a page of the wall',
      'media:setReceiver',
      { ...receiver, watches: Array(65).fill('a'), rtpCapabilities: { codecs: [opusCapability] } },
    ],
    [
      'half a feed',
      'media:setReceiver',
      { ...receiver, maxFeeds: 1.5, rtpCapabilities: { codecs: [opusCapability] } },
    ],
  ])('refuse %s', (_, name, payload) => {
    expect(mediaRequests[name].request.safeParse(payload).success).toBe(false);
  });

  it('let nothing of an object’s inside through', () => {
    const parameters = JSON.parse('{"__proto__": "x", "minptime": 10}');
    const payload = produce('microphone', {
      ...audio,
      codecs: [{ ...audio.codecs[0], parameters }],
    });
    const parsed = mediaRequests['media:produce'].request.parse(payload);
    const [codec] = parsed.rtpParameters.codecs;
    expect(Object.getOwnPropertyNames(codec!.parameters)).toEqual(['minptime']);
    expect(Object.getPrototypeOf(codec!.parameters)).toBe(Object.prototype);
  });
});
