import type { AudioRtpParameters, VideoRtpParameters } from '@nhip-cau/shared/protocol/media-rtp';
import { levelExtensionId, type Packets, type PacketTemplate } from './packets.ts';
import { readRtcp, rtpHeadBytes, senderReport, writeRtpHead, writeVp8Descriptor } from './rtp.ts';

const opus = { payloadType: 100, clockRate: 48_000 };
const vp8 = { payloadType: 101, clockRate: 90_000 };
const rids = ['r0', 'r1', 'r2'] as const;

/** Packets that can be sent again, at 500 a second some two seconds. */
const keptPackets = 1_024;
const reportMs = 1_000;
/** What a process that was held up makes up for; the rest of what it missed is never sent. */
const mostSoundAtOnce = 10;

/** One stream of packets under one number. */
interface Stream {
  readonly ssrc: number;
  sequence: number;
  packets: number;
  bytes: number;
}

interface Layer extends Stream {
  readonly frames: Packets['layers'][number]['frames'];
  /** The next frame of the recording; 0 is the key frame. */
  frame: number;
  pictureId: number;
  readonly kept: (Kept | undefined)[];
}

interface Kept {
  readonly template: PacketTemplate;
  readonly sequence: number;
  readonly timestamp: number;
  readonly pictureId: number;
}

/**
 * A hall's camera and microphone: sends the recording's packets when they are due, the layers that
 * the server wants, key frames when they are asked for, and lost packets once more.
 */
export class FeedSender {
  /** Whether the microphone's packets leave. */
  microphone = false;
  /** Whether the camera's do. */
  camera = true;
  /** Highest layer that is sent. */
  maxLayer = 0;
  /** Packets of the microphone that have left. */
  soundSent = 0;
  readonly #packets: Packets;
  readonly #send: (packet: Buffer) => void;
  readonly #layers: readonly Layer[];
  readonly #sound: Stream;
  #soundFrame = 0;
  #beganAt: number | null = null;
  #nextSoundAt = 0;
  #nextPictureAt = 0;
  #nextReportAt = 0;

  /** `ssrc`: the first of four numbers that are this sender's on its transport. */
  constructor(packets: Packets, ssrc: number, send: (packet: Buffer) => void) {
    this.#packets = packets;
    this.#send = send;
    this.#sound = { ssrc, sequence: 0, packets: 0, bytes: 0 };
    this.#layers = packets.layers.map(({ frames }, index) => ({
      ssrc: ssrc + 1 + index,
      sequence: 0,
      packets: 0,
      bytes: 0,
      frames,
      frame: 0,
      pictureId: 0,
      kept: new Array<Kept | undefined>(keptPackets),
    }));
  }

  microphoneParameters(): AudioRtpParameters {
    return {
      codecs: [{ mimeType: 'audio/opus', ...opus, channels: 2 }],
      headerExtensions: [
        { uri: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level', id: levelExtensionId },
      ],
      encodings: [{ ssrc: this.#sound.ssrc }],
      rtcp: { cname: 'load', reducedSize: true },
    };
  }

  cameraParameters(): VideoRtpParameters {
    return {
      codecs: [
        {
          mimeType: 'video/VP8',
          ...vp8,
          rtcpFeedback: [
            { type: 'nack' },
            { type: 'nack', parameter: 'pli' },
            { type: 'ccm', parameter: 'fir' },
          ],
        },
      ],
      encodings: this.#layers.map(({ ssrc }, index) => ({
        ssrc,
        ...(this.#layers.length > 1 ? { rid: rids[index] } : {}),
        maxBitrate: this.#packets.layers[index]!.kbps * 1000,
      })),
      rtcp: { cname: 'load', reducedSize: true },
    };
  }

  /** Sends what is due; call it every few ms. `now`: ms of any steady clock. */
  tick(now: number): void {
    if (this.#beganAt === null) {
      this.#beganAt = this.#nextSoundAt = this.#nextPictureAt = now;
      this.#nextReportAt = now;
    }
    this.#tickSound(now);
    if (now >= this.#nextPictureAt) {
      const everyMs = 1000 / this.#packets.framesPerSecond;
      this.#nextPictureAt +=
        Math.max(1, Math.ceil((now - this.#nextPictureAt) / everyMs)) * everyMs;
      if (this.camera) this.#sendPicture(now - this.#beganAt);
    }
    if (now >= this.#nextReportAt) {
      this.#nextReportAt = now + reportMs;
      this.#report(now - this.#beganAt);
    }
  }

  handleRtcp(packet: Buffer): void {
    for (const message of readRtcp(packet)) {
      const layer = this.#layers.find(({ ssrc }) => ssrc === message.ssrc);
      if (!layer) continue;
      if (message.kind === 'keyFrame') layer.frame = 0;
      if (message.kind === 'nack') for (const one of message.sequences) this.#resend(layer, one);
    }
  }

  #tickSound(now: number): void {
    const { soundMs, sound } = this.#packets;
    for (let sent = 0; now >= this.#nextSoundAt; sent += 1) {
      const timestamp = ((this.#nextSoundAt - this.#beganAt!) * opus.clockRate) / 1000;
      this.#nextSoundAt += soundMs;
      this.#soundFrame = (this.#soundFrame + 1) % sound.length;
      if (!this.microphone || sent >= mostSoundAtOnce) continue;
      const { packet } = sound[this.#soundFrame]!;
      const head = { ...opus, ssrc: this.#sound.ssrc, sequence: ++this.#sound.sequence, timestamp };
      writeRtpHead(packet, { ...head, marker: false, hasExtension: true });
      this.#soundGone(packet);
    }
  }

  #soundGone(packet: Buffer): void {
    this.soundSent += 1;
    this.#gone(this.#sound, packet);
  }

  #sendPicture(sinceMs: number): void {
    const timestamp = Math.round((sinceMs * vp8.clockRate) / 1000);
    for (const [index, layer] of this.#layers.entries()) {
      if (index > this.maxLayer) {
        // Its receivers left it; whoever comes back begins with a key frame.
        layer.frame = 0;
        continue;
      }
      layer.pictureId = (layer.pictureId + 1) & 0x7fff;
      for (const template of layer.frames[layer.frame]!) {
        const sequence = (layer.sequence = (layer.sequence + 1) & 0xffff);
        const kept = { template, sequence, timestamp, pictureId: layer.pictureId };
        layer.kept[sequence % keptPackets] = kept;
        this.#write(layer, kept);
      }
      layer.frame = (layer.frame + 1) % layer.frames.length;
    }
  }

  #write(layer: Layer, { template, sequence, timestamp, pictureId }: Kept): void {
    const { packet, isStart, isLast } = template;
    const { payloadType } = vp8;
    writeRtpHead(packet, { payloadType, marker: isLast, sequence, timestamp, ssrc: layer.ssrc });
    writeVp8Descriptor(packet, rtpHeadBytes, isStart, pictureId);
    this.#gone(layer, packet);
  }

  /** In its own stream and under its own number, as RFC 4585 has it without RFC 4588. */
  #resend(layer: Layer, sequence: number): void {
    const kept = layer.kept[sequence % keptPackets];
    if (kept?.sequence === sequence) this.#write(layer, kept);
  }

  #gone(stream: Stream, packet: Buffer): void {
    stream.packets += 1;
    stream.bytes += packet.length - rtpHeadBytes;
    this.#send(packet);
  }

  /** Without it the server cannot tell which moments of two layers are the same. */
  #report(sinceMs: number): void {
    const epochMs = Date.now();
    const streams = [
      { stream: this.#sound, clockRate: opus.clockRate },
      ...this.#layers.map((stream) => ({ stream, clockRate: vp8.clockRate })),
    ];
    for (const { stream, clockRate } of streams) {
      if (stream.packets === 0) continue;
      const timestamp = Math.round((sinceMs * clockRate) / 1000);
      this.#send(senderReport({ ...stream, epochMs, timestamp }));
    }
  }
}
