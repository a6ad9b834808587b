import dgram from 'node:dgram';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Encoder } from '@evan/opus/wasm/index.mjs';
import type { SpokenLine, TranscribingSignal } from '@nhip-cau/shared/protocol/signals';
import { desiredStage } from '../../src/dialogue/stage/desired.ts';
import { createMediaService } from '../../src/media/media-service.ts';
import type { SpeechEngine } from '../../src/speech/engine.ts';
import { LogSink } from '../../src/speech/log-sink.ts';
import type { SoundTrack } from '../../src/speech/ports.ts';
import { SpeechService, type SpeechServiceOptions } from '../../src/speech/speech-service.ts';
import { VocabularyWriter } from '../../src/speech/vocabulary-writer.ts';
import { createTestEngine, TestDialogue } from './dialogue.ts';
import { ManualClock } from './manual-clock.ts';
import { TestPeer } from './media-hall.ts';
import { createMediaWire, opusParameters, opusSsrc } from './media-wire.ts';

const host = '127.0.0.1';
const rate = 48_000;
/** Ticks of one packet: 20 ms. */
const packetTicks = 960;
const packetMs = 20;

/** Opus packets of 20 ms: half of each second tone of one pitch in Hz, half silence. */
export function spokenPackets(pitches: readonly number[]): Buffer[] {
  const encoder = new Encoder({ channels: 1, sample_rate: rate, application: 'voip' });
  const packets = pitches.flatMap((hz) =>
    Array.from({ length: 50 }, (_, at) => {
      const pcm = Int16Array.from({ length: packetTicks }, (_sample, index) =>
        at < 25 ? 9_000 * Math.sin((2 * Math.PI * hz * (at * packetTicks + index)) / rate) : 0,
      );
      return Buffer.from(encoder.encode(pcm));
    }),
  );
  encoder.drop();
  return packets;
}

/** One hall's microphone, whose every packet a test sends, and what of it came out of the SFU. */
export class SentMicrophone {
  /** In the order in which they came. */
  readonly heard: Buffer[] = [];
  private readonly socket = dgram.createSocket('udp4');
  private readonly port: number;
  private readonly clock: ManualClock;
  private readonly waiting = new Map<number, () => void>();
  private sequence = 65_500;
  private timestamp = 0xffff_0000;

  constructor(port: number, clock: ManualClock) {
    this.port = port;
    this.clock = clock;
  }

  handleHeard(packet: Buffer): void {
    this.heard.push(Buffer.from(packet));
    this.waiting.get(packet.readUInt32BE(4))?.();
  }

  /** Sends silence until some comes out: only from then on does none get lost. */
  async open(): Promise<void> {
    const [silence] = spokenPackets([0]);
    while (this.heard.length === 0) await Promise.race([this.send(silence!), delay(50)]);
    // What was still on its way has come before this.
    await this.send(silence!);
  }

  /** Sends 20 ms of sound; time passes once it has come out of the SFU. */
  async send(payload: Buffer): Promise<void> {
    const came = new Promise<void>((resolve) => this.waiting.set(this.timestamp, resolve));
    this.socket.send(this.packet(payload), this.port, host);
    this.sequence += 1;
    this.timestamp = (this.timestamp + packetTicks) >>> 0;
    await came;
    this.clock.pass(packetMs);
  }

  /** 20 ms of sound are lost on the way, or (`isSilent`) never sent. */
  leaveOut(isSilent = false): void {
    if (!isSilent) this.sequence += 1;
    this.timestamp = (this.timestamp + packetTicks) >>> 0;
    this.clock.pass(packetMs);
  }

  close(): void {
    this.socket.close();
  }

  private packet(payload: Buffer): Buffer {
    return rtpPacket(payload, this.sequence, this.timestamp);
  }
}

function rtpPacket(payload: Buffer, sequence: number, timestamp: number): Buffer {
  const header = Buffer.alloc(12);
  header[0] = 0x80;
  header[1] = 100;
  header.writeUInt16BE(sequence & 0xffff, 2);
  header.writeUInt32BE(timestamp >>> 0, 4);
  header.writeUInt32BE(opusSsrc, 8);
  return Buffer.concat([header, payload]);
}

/** Sends such sound to that port over and over, in real time, until it is ended. */
export function speakTo(port: number, pitches: readonly number[]): () => void {
  const packets = spokenPackets(pitches);
  const socket = dgram.createSocket('udp4');
  let count = 0;
  const timer = setInterval(() => {
    socket.send(
      rtpPacket(packets[count % packets.length]!, count, count * packetTicks),
      port,
      host,
    );
    count += 1;
  }, packetMs);
  return () => {
    clearInterval(timer);
    socket.close();
  };
}

/**
 * A live dialogue on a real worker with its central hall's microphone on air, and speech services
 * that hear it by a clock that a test moves. `dir` is where they keep sound.
 */
export async function openSpokenDialogue() {
  const dir = await mkdtemp(join(tmpdir(), 'nhip-cau-speech-'));
  const wire = createMediaWire();
  const media = await createMediaService(
    { workers: 1, listenAddress: host, portMin: 0 },
    {},
    wire.open,
  );
  const beside = await createTestEngine();
  const { engine } = beside;
  const clock = new ManualClock(Date.now());
  const services = new Set<SpeechService>();
  engine.onCommitted((state) => {
    void media.reconcile(state.id, desiredStage(state));
    for (const service of services) service.handleState(state);
  });
  const dialogue = await TestDialogue.open(engine);
  const central = (await dialogue.state()).dialogue!.centralBridgePointId;
  const peer = new TestPeer(media, dialogue.id, {
    bridgePointId: central,
    canPublishFor: central,
    receives: false,
  });
  await peer.request('media:join', {});
  const { id: transportId } = await peer.request('media:createTransport', { direction: 'send' });
  await peer.request('media:produce', {
    transportId,
    source: 'microphone',
    rtpParameters: opusParameters,
    appData: {},
  });
  const microphone = new SentMicrophone(wire.port(transportId), clock);

  return {
    ...beside,
    clock,
    dialogue,
    dir,
    central,
    microphone,
    /** Hears with `by` from now on; what it is told, says and fails at is kept. */
    async listen(by: SpeechEngine, more: Partial<SpeechServiceOptions> = {}) {
      const refused: unknown[] = [];
      const errors: unknown[] = [];
      const spoken: SpokenLine[][] = [];
      const signals: (TranscribingSignal | null)[] = [];
      const service = new SpeechService({
        engine: by,
        language: 'vi',
        dir,
        keepDays: 30,
        floorBytes: 1,
        sink: new LogSink(engine, (_dialogueId, _line, reason) => refused.push(reason)),
        writer: new VocabularyWriter(engine, (error) => errors.push(error)),
        clock,
        onSpoken: (_dialogueId, lines) => spoken.push(lines),
        onTranscribing: (_dialogueId, signal) => signals.push(signal),
        onLook: () => {},
        onRetry: () => {},
        onError: (error) => errors.push(error),
        ...more,
      });
      services.add(service);
      await service.start();
      service.handleState(await dialogue.state());
      const letGo = media.tap({
        handleTrack: (track) => service.handleTrack(overheard(track, microphone)),
        handleTrackEnded: (id) => service.handleTrackEnded(id),
      });
      const end = () => {
        letGo();
        services.delete(service);
      };
      return { service, refused, errors, spoken, signals, end };
    },
    async close() {
      for (const service of services) await service.close();
      microphone.close();
      wire.close();
      await media.close();
      await beside.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

export type SpokenDialogue = Awaited<ReturnType<typeof openSpokenDialogue>>;

/** The same track, whose packets the microphone knows of once they are taken in. */
const overheard = (track: SoundTrack, microphone: SentMicrophone): SoundTrack => ({
  ...track,
  onRtp: (listener) =>
    track.onRtp((packet) => {
      listener(packet);
      microphone.handleHeard(packet);
    }),
});
