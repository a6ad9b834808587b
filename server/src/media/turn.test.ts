import { describe, expect, it } from 'vitest';
import { relayFor } from './turn.ts';

describe('relayFor', () => {
  const relay = { urls: ['turns:turn.example.vn:443?transport=tcp'], secret: 'north', hours: 12 };

  it('signs the end of its validity and the peer', () => {
    // Made with: printf 1700043200:p1 | openssl dgst -sha1 -hmac north -binary | base64
    expect(relayFor(relay, 'p1', 1_700_000_000_999)).toEqual({
      urls: relay.urls,
      username: '1700043200:p1',
      credential: 'Zef3s4yZxwDeDqOhgUgTUksKjdM=',
    });
  });

  it('gives each peer its own', () => {
    expect(relayFor(relay, 'p1', 0).credential).not.toBe(relayFor(relay, 'p2', 0).credential);
  });
});
