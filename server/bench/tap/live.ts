import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import * as mediasoup from 'mediasoup';
import { routerCodecs } from '../../src/media/codecs.ts';
import { Tap, type TapTrack } from '../../src/media/tap.ts';
import { Microphone } from '../../src/speech/microphone.ts';
import type { Run } from '../../src/speech/spool/run.ts';
import { mediaWorker } from '../../load/server.ts';
import type { HelperProcess } from '../support/helper-process.ts';
import { clockRate, payloadType } from './sound.ts';

/** How long everything runs before it is measured, in ms. */
const warmMs = 2_000;
/** As the service lets time pass. */
const tickMs = 250;

export type Ear = 'product' | 'bare';

export interface Heard {
  /** CPU of this process by speaker and second, in percent of a core. */
  cpuPercent: number;
  packetsPerSecond: number;
  /** Seconds of sound on the disk, of the speaker with the least. */
  soundSeconds: number;
}

/** Speakers on a real worker, each tapped: their sound kept, or (`bare`) its packets counted. */
export class Speakers {
  private readonly worker: mediasoup.types.Worker;
  private readonly tracks: readonly TapTrack[];
  private readonly helper: HelperProcess;
  private readonly targets: { port: number; ssrc: number }[];

  private constructor(
    worker: mediasoup.types.Worker,
    tracks: readonly TapTrack[],
    helper: HelperProcess,
    targets: { port: number; ssrc: number }[],
  ) {
    this.worker = worker;
    this.tracks = tracks;
    this.helper = helper;
    this.targets = targets;
  }

  static async start(count: number, helper: HelperProcess): Promise<Speakers> {
    const worker = await mediasoup.createWorker({
      logLevel: 'error',
      workerBin: await mediaWorker(),
    });
    const router = await worker.createRouter({ mediaCodecs: routerCodecs });
    const tap = new Tap((error) => {
      throw error;
    });
    const dialogueId = randomUUID();
    const targets: { port: number; ssrc: number }[] = [];
    for (let number = 1; number <= count; number += 1) {
      const transport = await router.createPlainTransport({
        listenInfo: { protocol: 'udp', ip: '127.0.0.1' },
        rtcpMux: true,
        comedia: true,
      });
      const producer = await transport.produce({
        kind: 'audio',
        rtpParameters: {
          codecs: [{ mimeType: 'audio/opus', payloadType, clockRate, channels: 2 }],
          encodings: [{ ssrc: number }],
        },
      });
      targets.push({ port: transport.tuple.localPort, ssrc: number });
      const bridgePointId = randomUUID();
      tap.add({ dialogueId, bridgePointId, source: 'microphone', router, producer });
    }
    const tracks: TapTrack[] = [];
    tap.listen({ handleTrack: (track) => tracks.push(track), handleTrackEnded() {} });
    return new Speakers(worker, tracks, helper, targets);
  }

  /** Listens for so many seconds. */
  async listen(ear: Ear, seconds: number): Promise<Heard> {
    const dir = await mkdtemp(join(tmpdir(), 'nhip-cau-tap-'));
    const ears = await Promise.all(
      this.tracks.map((track) => (ear === 'product' ? keep(track, dir) : count(track))),
    );
    const ticking = setInterval(() => ears.forEach((one) => one.handleTime(Date.now())), tickMs);
    try {
      await this.helper.ask({ speakTo: this.targets });
      await delay(warmMs);
      const before = { usage: process.cpuUsage(), packets: packetsOf(ears), at: performance.now() };
      await delay(seconds * 1_000);
      const { user, system } = process.cpuUsage(before.usage);
      const tookS = (performance.now() - before.at) / 1_000;
      const packets = packetsOf(ears) - before.packets;
      await this.helper.ask({ silence: true });
      return {
        cpuPercent: (user + system) / 1e4 / tookS / ears.length,
        packetsPerSecond: packets / tookS / ears.length,
        soundSeconds: Math.min(...ears.map(({ samples }) => samples() / 16_000)),
      };
    } finally {
      clearInterval(ticking);
      await Promise.all(ears.map((one) => one.close()));
      await rm(dir, { recursive: true, force: true });
    }
  }

  async close(): Promise<void> {
    const ended = new Promise<void>((resolve) =>
      this.worker.once('subprocessclose', () => resolve()),
    );
    this.worker.close();
    await ended;
  }
}

interface OpenEar {
  packets: () => number;
  samples: () => number;
  handleTime: (now: number) => void;
  close: () => Promise<void>;
}

const packetsOf = (ears: readonly OpenEar[]) => ears.reduce((sum, one) => sum + one.packets(), 0);

async function keep(track: TapTrack, dir: string): Promise<OpenEar> {
  let packets = 0;
  const runs: Run[] = [];
  const counted: TapTrack = {
    ...track,
    onRtp: (listener) =>
      track.onRtp((packet) => {
        packets += 1;
        listener(packet);
      }),
  };
  const microphone = new Microphone({
    track: counted,
    dir,
    now: Date.now,
    hasRoom: () => true,
    onRun: (run) => runs.push(run),
    onError: (error) => {
      throw error;
    },
  });
  return {
    packets: () => packets,
    samples: () => runs.at(-1)?.samples ?? 0,
    handleTime: (now) => microphone.handleTime(now),
    async close() {
      await microphone.close('offAir');
      for (const run of runs) await run.close();
    },
  };
}

async function count(track: TapTrack): Promise<OpenEar> {
  let packets = 0;
  const stop = await track.onRtp(() => (packets += 1));
  return {
    packets: () => packets,
    samples: () => 0,
    handleTime() {},
    close: async () => stop(),
  };
}
