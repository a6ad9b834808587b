import dgram from 'node:dgram';
import { setTimeout as delay } from 'node:timers/promises';
import type { RecordedPacket, Recording } from './recording.ts';
import { rtpHeader, ticks } from './rtp.ts';

/** Where a stream goes, and as what. */
export interface StreamTarget {
  readonly port: number;
  readonly ssrc: number;
  readonly payloadType: number;
}

/** Plays a recording as plain RTP to 127.0.0.1; what is played twice goes on, not back. */
export class Player {
  readonly #socket = dgram.createSocket('udp4');
  readonly #recording: Recording;
  readonly #targets: Record<RecordedPacket['kind'], StreamTarget>;
  readonly #sequences = { audio: 0, video: 0 };
  #plays = 0;

  constructor(recording: Recording, targets: Record<RecordedPacket['kind'], StreamTarget>) {
    this.#recording = recording;
    this.#targets = targets;
  }

  /** Plays it once from its beginning, in its own time; gives the number of packets. */
  async play(): Promise<number> {
    const { packets, durationMs } = this.#recording;
    const started = performance.now();
    for (const packet of packets) {
      const wait = started + packet.atMs - performance.now();
      if (wait > 1) await delay(wait);
      this.#send(packet, this.#plays * durationMs);
    }
    this.#plays += 1;
    return packets.length;
  }

  /** Whether one of the recording's packets ends so (in hexadecimal). */
  sends(tail: string): boolean {
    return this.#recording.packets.some(({ payload }) => payload.toString('hex').endsWith(tail));
  }

  close(): void {
    this.#socket.close();
  }

  #send({ kind, timestamp, marker, payload }: RecordedPacket, offsetMs: number): void {
    const { port, ssrc, payloadType } = this.#targets[kind];
    const sequence = (this.#sequences[kind] += 1);
    const header = rtpHeader({
      payloadType,
      ssrc,
      sequence,
      timestamp: timestamp + ticks(kind, offsetMs),
      marker,
    });
    this.#socket.send([header, payload], port, '127.0.0.1');
  }
}
