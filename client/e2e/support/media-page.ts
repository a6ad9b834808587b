import type { Rung } from '@nhip-cau/shared/protocol/media';
import { io } from 'socket.io-client';
import { Devices } from '../../src/core/media/devices.ts';
import { LevelMeter } from '../../src/core/media/level-meter.ts';
import { MediaClient } from '../../src/core/media/media-client.ts';
import type { Signaller } from '../../src/core/media/signaller.ts';

/** A page with nothing but the media core; tests drive it through `window.mediaPage`. */

const query = new URLSearchParams(location.search);
const publishes = query.has('publishes');
const socket = io({ transports: ['websocket'], query: Object.fromEntries(query) });

const signaller: Signaller = {
  async request(name, payload) {
    const answer = await socket.timeout(5_000).emitWithAck(name, payload);
    if (answer.code) throw Object.assign(new Error(answer.code), { code: answer.code });
    return answer.response;
  },
  on(name, handler) {
    const listener = handler as (payload: unknown) => void;
    socket.on(name as string, listener);
    return () => socket.off(name as string, listener);
  },
};

const client = new MediaClient({
  signaller,
  publishes,
  receives: publishes ? null : { wantsVideo: true, wantsAudio: true, maxFeeds: 2 },
});
const states: string[] = [];
client.on('state', (state) => states.push(state));
const failures: string[] = [];
client.on('failed', (error) => failures.push(String(error)));
client.publisher.on('failed', (error) => failures.push(String(error)));
client.receiver.on('failed', (error) => failures.push(String(error)));

let localLevelDbfs = -Infinity;
if (publishes) {
  const devices = new Devices();
  const microphone = await devices.openMicrophone({ hallMode: true });
  new LevelMeter(microphone, (levelDbfs) => {
    localLevelDbfs = levelDbfs;
  });
  await client.publisher.setMicrophone(microphone);
  await client.publisher.setCamera(await devices.openCamera());
}

client.receiver.on('feedAdded', ({ bridgePointId, stream }) => {
  const video = Object.assign(document.createElement('video'), { id: bridgePointId });
  video.autoplay = true;
  video.srcObject = stream;
  document.body.append(video);
});
client.receiver.on('feedRemoved', ({ bridgePointId }) =>
  document.getElementById(bridgePointId)?.remove(),
);

/** The loudest frequency of a feed's sound over a second, in Hz; 0 when there is none. */
async function loudestHz(bridgePointId: string): Promise<number> {
  const feed = client.receiver.feeds().find((it) => it.bridgePointId === bridgePointId);
  const [track] = feed?.stream.getAudioTracks() ?? [];
  if (!track) return 0;
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const spectrum = new Float32Array(analyser.frequencyBinCount);
  let loudest = { hz: 0, db: -60 };
  const started = context.currentTime;
  while (context.currentTime < started + 1) {
    await new Promise(requestAnimationFrame);
    analyser.getFloatFrequencyData(spectrum);
    spectrum.forEach((db, bin) => {
      if (db > loudest.db) loudest = { hz: (bin * context.sampleRate) / analyser.fftSize, db };
    });
  }
  await context.close();
  return loudest.hz;
}

const sourceOf = { audio: 'microphone', video: 'camera' } as const;

/** The browser's own figures of one received stream. */
async function inbound(bridgePointId: string, kind: 'audio' | 'video') {
  const stats = await client.receiver.stats(bridgePointId, sourceOf[kind]);
  const rtp = [...(stats?.values() ?? [])].find((stat) => stat.type === 'inbound-rtp');
  return {
    packets: rtp?.packetsReceived ?? 0,
    frames: rtp?.framesDecoded ?? 0,
    height: rtp?.frameHeight ?? 0,
  };
}

/** Bytes sent so far of each simulcast layer, lowest first. */
async function sentByLayer(): Promise<number[]> {
  const stats = await client.publisher.stats('camera');
  return [...(stats?.values() ?? [])]
    .filter((stat) => stat.type === 'outbound-rtp')
    .sort((a, b) => String(a.rid).localeCompare(String(b.rid)))
    .map((stat) => stat.bytesSent as number);
}

const mediaPage = {
  state: () => client.state,
  states: () => states,
  failures: () => failures,
  published: () => client.publisher.state,
  localLevelDbfs: () => localLevelDbfs,
  feeds: () =>
    client.receiver.feeds().map(({ bridgePointId, audio, video }) => {
      return { bridgePointId, audio, video };
    }),
  inbound,
  loudestHz,
  sentByLayer,
  rung: () => client.rung,
  setRung: (rung: Rung) =>
    client.setReceives({ wantsVideo: true, wantsAudio: true, maxFeeds: 2, rung }),
  close: () => client.close(),
};

export type MediaPage = typeof mediaPage;

declare global {
  interface Window {
    mediaPage: MediaPage;
  }
}

window.mediaPage = mediaPage;
socket.on('connect', () => client.rejoin());
await client.start();
