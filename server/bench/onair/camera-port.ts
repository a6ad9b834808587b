import dgram from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { sharedNow } from '../support/clock.ts';
import { FirstFrame } from './first-frame.ts';
import { srtpReader } from './srtp.ts';

interface Camera {
  readonly name: string;
  readonly frame: FirstFrame;
}

/** A UDP port to which cameras are sent, told apart by their SSRCs; sees when one begins. */
export class CameraPort {
  readonly #socket: dgram.Socket;
  readonly #cameras = new Map<number, Camera>();
  #expected: { name: string; at: number | null } | null = null;

  private constructor(socket: dgram.Socket) {
    this.#socket = socket;
    socket.on('message', (packet) => this.#handlePacket(packet));
  }

  static async open(): Promise<CameraPort> {
    const socket = dgram.createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new CameraPort(socket);
  }

  get port(): number {
    return (this.#socket.address() as AddressInfo).port;
  }

  /** A camera comes with this SSRC, under the transport's key. */
  add(ssrc: number, name: string, keyBase64: string): void {
    this.#cameras.set(ssrc, { name, frame: new FirstFrame(srtpReader(keyBase64)) });
  }

  delete(ssrc: number): void {
    this.#cameras.delete(ssrc);
  }

  has(name: string): boolean {
    return [...this.#cameras.values()].some((camera) => camera.name === name);
  }

  /** From now on this camera's first whole frame counts. */
  expect(name: string): void {
    this.#expected = { name, at: null };
    for (const camera of this.#cameras.values()) if (camera.name === name) camera.frame.wait();
  }

  /** When the expected frame was whole, on the clock that all processes share. */
  get seenAt(): number | null {
    return this.#expected?.at ?? null;
  }

  close(): void {
    this.#socket.close();
  }

  #handlePacket(packet: Buffer): void {
    if (packet.length < 12) return;
    const camera = this.#cameras.get(packet.readUInt32BE(8));
    if (!camera?.frame.handlePacket(packet)) return;
    if (this.#expected?.name === camera.name) this.#expected.at ??= sharedNow();
  }
}
