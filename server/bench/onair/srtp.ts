import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { PayloadReader } from './first-frame.ts';

/** What a browser and mediasoup agree upon first (RFC 7714). */
export const srtpCryptoSuite = 'AEAD_AES_256_GCM';
const keyBytes = 32;
const saltBytes = 12;
/** Master key and salt of that suite. */
export const masterKeyBytes = keyBytes + saltBytes;

const labels = { key: 0, salt: 2 } as const;
const tagBytes = 16;

/** RFC 3711 §4.3.3 with the salt of RFC 7714 §11, zeros behind it. */
function derive(masterKey: Buffer, label: number, length: number): Buffer {
  const iv = Buffer.alloc(16);
  masterKey.copy(iv, 0, keyBytes);
  iv[7]! ^= label;
  const cipher = createCipheriv('aes-256-ctr', masterKey.subarray(0, keyBytes), iv);
  return cipher.update(Buffer.alloc(length));
}

/** Reads what one transport sends with this key (base64); the packets' tags are not looked at. */
export function srtpReader(keyBase64: string): PayloadReader {
  const masterKey = Buffer.from(keyBase64, 'base64');
  const sessionKey = derive(masterKey, labels.key, keyBytes);
  const sessionSalt = derive(masterKey, labels.salt, saltBytes);
  return (packet, headBytes, rollover) => {
    const iv = Buffer.alloc(16);
    packet.copy(iv, 2, 8, 12);
    iv.writeUInt32BE(rollover, 6);
    packet.copy(iv, 10, 2, 4);
    for (let at = 0; at < saltBytes; at += 1) iv[at]! ^= sessionSalt[at]!;
    // GCM's own counter begins at 1, and encrypts the payload from 2 on.
    iv.writeUInt32BE(2, 12);
    const decipher = createDecipheriv('aes-256-ctr', sessionKey, iv);
    return decipher.update(packet.subarray(headBytes, packet.length - tagBytes));
  };
}
