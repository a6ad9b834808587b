import {
  createDecipheriv,
  createECDH,
  createPublicKey,
  hkdfSync,
  randomBytes,
  verify,
} from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface Pushed {
  text: string;
  headers: IncomingHttpHeaders;
  /** What the server says of itself in its signature, which holds (RFC 8292). */
  claims: { aud: string; sub: string; exp: number };
}

/** A push service and a browser in one: it takes messages, and opens them as the browser would. */
export async function startPushEndpoint() {
  const browser = createECDH('prime256v1');
  const publicKey = browser.generateKeys();
  const auth = randomBytes(16);
  const pushed: Pushed[] = [];
  const waiting: (() => void)[] = [];
  let status = 201;
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      const { headers } = request;
      pushed.push({ text: open(body), headers, claims: claimsOf(headers.authorization ?? '') });
      response.writeHead(status).end();
      waiting.splice(0).forEach((wake) => wake());
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  /** RFC 8291, section 3.4, over RFC 8188: one record of `aes128gcm`. */
  function open(body: Buffer): string {
    const salt = body.subarray(0, 16);
    const keyEnd = 21 + body[20]!;
    const serverKey = body.subarray(21, keyEnd);
    const secret = browser.computeSecret(serverKey);
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), publicKey, serverKey]);
    const input = hkdfSync('sha256', secret, auth, info, 32);
    const derive = (label: string, length: number) =>
      Buffer.from(
        hkdfSync('sha256', Buffer.from(input), salt, `Content-Encoding: ${label}\0`, length),
      );
    const opener = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12));
    opener.setAuthTag(body.subarray(-16));
    const padded = Buffer.concat([opener.update(body.subarray(keyEnd, -16)), opener.final()]);
    return padded.toString('utf8', 0, padded.lastIndexOf(2));
  }

  return {
    origin,
    pushed,
    subscription: {
      endpoint: `${origin}/for-one-browser`,
      p256dh: publicKey.toString('base64url'),
      auth: auth.toString('base64url'),
    },
    /** How it answers from now on. */
    answer: (next: number) => (status = next),
    /** Resolves once that many messages have come. */
    async come(count: number): Promise<void> {
      while (pushed.length < count) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Of `vapid t=TOKEN, k=KEY`; throws when the signature does not hold. */
function claimsOf(authorization: string): Pushed['claims'] {
  const [, token, key] = /^vapid t=([^,]+), *k=(.+)$/.exec(authorization) ?? [];
  const [head, body, signature] = token!.split('.') as [string, string, string];
  const point = Buffer.from(key!, 'base64url');
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) =>
    half.toString('base64url'),
  );
  const publicKey = createPublicKey({
    key: { kty: 'EC', crv: 'P-256', x: x!, y: y! },
    format: 'jwk',
  });
  const holds = verify(
    'sha256',
    Buffer.from(`${head}.${body}`),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  if (!holds) throw new Error('the signature does not hold');
  return JSON.parse(Buffer.from(body, 'base64url').toString()) as Pushed['claims'];
}
