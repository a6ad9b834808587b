import { createCipheriv } from 'node:crypto';
import { expect, it } from 'vitest';
import { srtpReader } from './srtp.ts';

it('reads what AES-GCM encrypted with the derived key, in a later round of the numbers', () => {
  const masterKey = Buffer.alloc(44, 0x11);
  const read = srtpReader(masterKey.toString('base64'));
  const keystream = (label: number, length: number) => {
    const iv = Buffer.concat([masterKey.subarray(32), Buffer.alloc(4)]);
    iv[7]! ^= label;
    return createCipheriv('aes-256-ctr', masterKey.subarray(0, 32), iv).update(
      Buffer.alloc(length),
    );
  };
  const head = Buffer.from('80650102000003e8deadbeef', 'hex');
  const iv = Buffer.from('0000deadbeef000000010102', 'hex');
  const salt = keystream(2, 12);
  iv.forEach((byte, at) => (iv[at] = byte ^ salt[at]!));
  const cipher = createCipheriv('aes-256-gcm', keystream(0, 32), iv).setAAD(head);
  const payload = Buffer.from('a picture');
  const packet = Buffer.concat([head, cipher.update(payload), cipher.final(), cipher.getAuthTag()]);
  expect(read(packet, 12, 1).toString()).toBe('a picture');
});
