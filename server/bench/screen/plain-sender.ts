import dgram from 'node:dgram';
import { FeedSender } from '../../load/media/feed-sender.ts';
import { pace } from '../../load/media/pacer.ts';
import type { Packets } from '../../load/media/packets.ts';
import { isRtcp } from '../../load/media/rtp.ts';

/** A camera and a microphone as plain RTP to a port that it is told later; it sends every layer. */
export class PlainSender {
  readonly sender: FeedSender;
  readonly #socket = dgram.createSocket('udp4');
  #stop: (() => void) | null = null;
  #port = 0;

  constructor(packets: Packets, ssrc: number) {
    // The templates are written anew for each packet: what is sent must be a copy.
    this.sender = new FeedSender(packets, ssrc, (packet) =>
      this.#socket.send(Buffer.from(packet), this.#port, '127.0.0.1'),
    );
    this.sender.maxLayer = packets.layers.length - 1;
    this.sender.microphone = true;
    this.#socket.on('message', (packet) => {
      if (isRtcp(packet)) this.sender.handleRtcp(packet);
    });
  }

  start(port: number): void {
    this.#port = port;
    this.#stop = pace((now) => this.sender.tick(now));
  }

  close(): void {
    this.#stop?.();
    this.#socket.close();
  }
}
