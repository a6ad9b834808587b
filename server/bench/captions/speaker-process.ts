/** The leader's microphone, in a process of its own: bursts of tone over real ICE, DTLS and SRTP. */
import { setTimeout as delay } from 'node:timers/promises';
import type {
  MediaNotifications,
  MediaRequestInput,
  MediaRequestName,
  MediaResponses,
} from '@nhip-cau/shared/protocol/media';
import { OpusDecoder } from '../../src/speech/tap/opus-decoder.ts';
import { LightClient, type LightClientOptions } from '../../load/light-client.ts';
import { pace } from '../../load/media/pacer.ts';
import { RtpLeg } from '../../load/media/rtp-leg.ts';
import { rtpHeadBytes, writeRtpHead } from '../../load/media/rtp.ts';
import { sharedNow } from '../support/clock.ts';
import { answerAll } from '../support/helper-process.ts';
import { burstsOfTone, clockRate, packetTicks, payloadType } from '../tap/sound.ts';
import { lastLoudIn } from './tone.ts';

export type SpeakerOrder = { open: LightClientOptions } | { bursts: number };

export interface SentBurst {
  /** When its sound began, epoch ms. */
  startedAt: number;
  /** When the last packet with sound of it was sent, by `sharedNow`. */
  sentAt: number;
}

/** A burst in each. It ends within a packet, so that the coder's delay moves no sound of it on. */
const periodMs = 2_400;
const burstMs = 808;
const packetMs = 20;
const ssrc = 0x70e;
const onAirWithinMs = 20_000;

const { packets, bursts } = burstsOfTone(periodMs / 1_000, periodMs, burstMs);
const startMs = bursts[0]!.startMs;
const lastOfBurst = lastLoudPacket();
const born = sharedNow();
let leg: RtpLeg | null = null;
let sequence = 0;

process.on('disconnect', () => process.exit(0));

answerAll<SpeakerOrder>((order) => ('open' in order ? goOnAir(order.open) : speak(order.bursts)));

function lastLoudPacket(): number {
  const decoder = new OpusDecoder();
  const last = packets
    .map((packet) => decoder.decode(packet))
    .findLastIndex((pcm) => pcm !== null && lastLoudIn(pcm) >= 0);
  decoder.close();
  return last;
}

/** Connects, offers the microphone and waits until the server lets it be heard. */
async function goOnAir(options: LightClientOptions): Promise<null> {
  const client = await LightClient.connect(options);
  const onAir = Promise.withResolvers<void>();
  client.onEvent = (name, payload) => {
    if (name !== 'media:feed') return;
    if ((payload as MediaNotifications['media:feed']).microphone === 'open') onAir.resolve();
  };
  const ask = async <N extends MediaRequestName>(
    name: N,
    payload: MediaRequestInput<N>,
  ): Promise<MediaResponses[N]> => {
    const answer = await client.request<{ ok: boolean } & MediaResponses[N]>(name, payload);
    if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer)}`);
    return answer;
  };
  await ask('media:join', {});
  const parameters = await ask('media:createTransport', { direction: 'send' });
  const connected = Promise.withResolvers<void>();
  leg = await RtpLeg.open({
    parameters,
    onPacket: () => {},
    onState: (state) => state === 'connected' && connected.resolve(),
  });
  const { transportId, dtlsParameters } = leg;
  await ask('media:connectTransport', { transportId, dtlsParameters });
  leg.connect();
  await ask('media:produce', {
    transportId,
    source: 'microphone',
    rtpParameters: {
      codecs: [{ mimeType: 'audio/opus', payloadType, clockRate, channels: 2 }],
      headerExtensions: [],
      encodings: [{ ssrc }],
      rtcp: { cname: 'load', reducedSize: true },
    },
    appData: {},
  });
  const isOnAir = Promise.all([connected.promise, onAir.promise]).then(() => true);
  const isLate = delay(onAirWithinMs, false, { ref: false });
  if (!(await Promise.race([isOnAir, isLate]))) throw new Error('the microphone is not on air');
  return null;
}

/** Says so many bursts, each packet when its sound would be over; nothing is sent before or after. */
function speak(count: number): Promise<SentBurst[]> {
  const begun = sharedNow();
  const epochMs = Date.now();
  const firstTick = Math.round((begun - born) / packetMs) * packetTicks;
  const sent: SentBurst[] = [];
  const { promise, resolve } = Promise.withResolvers<SentBurst[]>();
  let next = 0;
  const stop = pace(() => {
    const dueUntil = (sharedNow() - begun) / packetMs - 1;
    for (; next <= dueUntil && next < count * packets.length; next += 1) {
      const place = next % packets.length;
      const packet = Buffer.concat([Buffer.alloc(rtpHeadBytes), packets[place]!]);
      const timestamp = firstTick + next * packetTicks;
      sequence += 1;
      writeRtpHead(packet, { payloadType, marker: next === 0, sequence, timestamp, ssrc });
      const sentAt = sharedNow();
      leg!.send(packet);
      const startedAt = epochMs + (next - place) * packetMs + startMs;
      if (place === lastOfBurst) sent.push({ startedAt, sentAt });
    }
    if (next < count * packets.length) return;
    stop();
    resolve(sent);
  });
  return promise;
}
