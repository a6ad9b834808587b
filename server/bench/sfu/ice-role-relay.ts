import { createHmac } from 'node:crypto';
import dgram from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { crc32 } from 'node:zlib';

/**
 * A UDP relay before a worker, for a peer that takes the worker for the controlling side of ICE.
 * The worker is an ICE-lite agent and never controls; it says so (487, role conflict), but unsigned,
 * and libnice does not believe that. The relay says it in the worker's stead, signed as RFC 8445
 * §7.3.1.1 and RFC 8489 §14.5 have it, and hands everything else on.
 */
export async function openRoleRelay(
  address: string,
  workerPort: number,
  password: string,
): Promise<{ port: number; close(): void }> {
  const outer = dgram.createSocket('udp4').bind(0, address);
  const inner = dgram.createSocket('udp4').bind(0, address);
  await Promise.all([once(outer, 'listening'), once(inner, 'listening')]);
  let peer: dgram.RemoteInfo | undefined;
  outer.on('message', (packet, from) => {
    peer = from;
    if (claimsToBeControlled(packet)) {
      outer.send(roleConflict(packet, password), from.port, from.address);
    } else inner.send(packet, workerPort, address);
  });
  inner.on('message', (packet) => {
    if (peer) outer.send(packet, peer.port, peer.address);
  });
  return {
    port: (outer.address() as AddressInfo).port,
    close() {
      outer.close();
      inner.close();
    },
  };
}

const bindingRequest = 0x0001;
const bindingError = 0x0111;
const iceControlled = 0x8029;

/** Whether it is a STUN binding request with the attribute ICE-CONTROLLED. */
function claimsToBeControlled(packet: Buffer): boolean {
  if (packet.length < 20 || packet.readUInt16BE(0) !== bindingRequest) return false;
  for (let at = 20; at + 4 <= packet.length;) {
    if (packet.readUInt16BE(at) === iceControlled) return true;
    at += 4 + Math.ceil(packet.readUInt16BE(at + 2) / 4) * 4;
  }
  return false;
}

function roleConflict(request: Buffer, password: string): Buffer {
  const errorCode = attribute(0x0009, Buffer.from([0, 0, 4, 87]));
  const head = Buffer.from(request.subarray(0, 20));
  head.writeUInt16BE(bindingError, 0);
  // The length that is signed counts what ends with the signature, 24 bytes; then the checksum's 8.
  head.writeUInt16BE(errorCode.length + 24, 2);
  const signed = Buffer.concat([head, errorCode]);
  const integrity = createHmac('sha1', password).update(signed).digest();
  const message = Buffer.concat([signed, attribute(0x0008, integrity)]);
  message.writeUInt16BE(message.length - 20 + 8, 2);
  const fingerprint = Buffer.alloc(4);
  fingerprint.writeUInt32BE((crc32(message) ^ 0x5354554e) >>> 0);
  return Buffer.concat([message, attribute(0x8028, fingerprint)]);
}

function attribute(type: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value]);
}
