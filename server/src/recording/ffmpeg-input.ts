import dgram from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { probePacket } from './rtp.ts';

const host = '127.0.0.1';
const probeMs = 20;
/** A socket's buffer is some 200 kB where nobody has asked for more. */
const burstBytes = 65_536;
const burstPauseMs = 10;
/** What waits while ffmpeg starts, in bytes: some seconds of a good picture. */
const maxWaitingBytes = 8 * 1_048_576;

/** A socket of this machine alone, on any free port. */
export async function bindLoopback(): Promise<{ socket: dgram.Socket; port: number }> {
  // An encoder's key frame comes as one burst.
  const socket = dgram.createSocket({ type: 'udp4', recvBufferSize: 1_048_576 });
  socket.bind(0, host);
  await once(socket, 'listening');
  return { socket, port: (socket.address() as AddressInfo).port };
}

/**
 * Free ports for ffmpeg's RTP and, one above each, its RTCP. Nobody holds them until it does: a
 * program that takes one in between makes ffmpeg end, and the next try asks again.
 */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  const held: dgram.Socket[] = [];
  try {
    for (let tries = 0; ports.length < count && tries < 100; tries += 1) {
      const { socket, port } = await bindLoopback();
      held.push(socket);
      if (port % 2 !== 0) continue;
      const next = dgram.createSocket('udp4');
      const isFree = await new Promise<boolean>((resolve) => {
        next.once('error', () => resolve(false));
        next.bind(port + 1, () => resolve(true));
      });
      if (isFree) {
        held.push(next);
        ports.push(port);
      } else next.close();
    }
  } finally {
    await Promise.all(held.map((socket) => new Promise<void>((done) => socket.close(done))));
  }
  if (ports.length < count) throw new Error('no pair of UDP ports is free');
  return ports;
}

/** The way of packets to one port of ffmpeg: what is sent before it listens waits here. */
export class FfmpegInput {
  private readonly socket = dgram.createSocket('udp4');
  private waiting: Buffer[] | null = [];
  private waitingBytes = 0;
  private refusals = 0;
  private isClosed = false;

  private constructor() {
    // A closed port shows as an error of the socket: ffmpeg does not listen yet, or no more.
    this.socket.on('error', () => (this.refusals += 1));
  }

  /** Opens the way; it is passable once ffmpeg has opened `port`. */
  static async open(port: number): Promise<FfmpegInput> {
    const input = new FfmpegInput();
    input.socket.connect(port, host);
    await once(input.socket, 'connect');
    void input.awaitListener();
    return input;
  }

  /** Whether ffmpeg has opened its port. */
  get isOpen(): boolean {
    return this.waiting === null;
  }

  send(packet: Buffer): void {
    if (this.isClosed) return;
    if (this.waiting === null) this.socket.send(packet, () => {});
    else if (this.waitingBytes + packet.length <= maxWaitingBytes) {
      this.waiting.push(packet);
      this.waitingBytes += packet.length;
    }
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.waiting = [];
    this.socket.close();
  }

  private async awaitListener(): Promise<void> {
    for (let heard = 0; heard < 2 && !this.isClosed;) {
      const { refusals } = this;
      this.socket.send(probePacket, () => {});
      await delay(probeMs);
      heard = this.refusals === refusals ? heard + 1 : 0;
    }
    if (this.isClosed) return;
    await this.flush();
  }

  /** Sends what has waited, no faster than ffmpeg's socket can take it in. */
  private async flush(): Promise<void> {
    for (let sent = 0; this.waiting && this.waiting.length > 0 && !this.isClosed;) {
      const packet = this.waiting.shift()!;
      this.waitingBytes -= packet.length;
      this.socket.send(packet, () => {});
      sent += packet.length;
      if (sent < burstBytes) continue;
      sent = 0;
      await delay(burstPauseMs);
    }
    this.waiting = null;
  }
}
