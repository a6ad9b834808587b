import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { relayFor } from '../../src/media/turn.ts';
import { askRelay, ownAddress, startTurnRelay } from '../support/turn-relay.ts';
import type { TurnRelay } from '../support/turn-relay.ts';

const hourMs = 3_600_000;
let relay: TurnRelay;

beforeAll(async () => {
  const address = ownAddress();
  if (!address) throw new Error('needs an address of this machine beside the loopback ones');
  relay = await startTurnRelay(address);
});
afterAll(() => relay?.close());

let peers = 0;
// Each peer has its own quota of relays.
const credentials = (now = Date.now(), secret = relay.secret) =>
  relayFor({ urls: [], secret, hours: 1 }, `peer-${(peers += 1)}`, now);

describe('the relay as infra/turn configures it', () => {
  it('relays to the media server with what the server signs', async () => {
    const answer = await askRelay(relay, credentials(), relay.address);
    expect(answer).toMatch(/cb response received: \s+\S+ : success/);
  });

  it.each([
    '127.0.0.1',
    '127.255.255.254',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '8.8.8.8',
  ])('relays nothing to %s', async (peer) => {
    expect(await askRelay(relay, credentials(), peer)).toContain('error 403 (Forbidden IP)');
  });

  it('opens no relay in IPv6, in which an IPv4 address could hide', async () => {
    for (const peer of [
      '::1',
      '::ffff:127.0.0.1',
      '::ffff:10.0.0.1',
      '64:ff9b::7f00:1',
      'fe80::1',
    ]) {
      expect(await askRelay(relay, credentials(), peer, ['-x'])).toMatch(/error 4\d\d/);
    }
  });

  it('relays over UDP only', async () => {
    expect(await askRelay(relay, credentials(), relay.address, ['-t', '-T'])).toContain(
      'error 442',
    );
  });

  it.each([
    ['are over', () => credentials(Date.now() - 2 * hourMs)],
    ['another secret signed', () => credentials(Date.now(), 'not-the-secret-of-the-relay')],
    ['are none', () => ({})],
  ])('lets nobody in whose credentials %s', async (_what, made) => {
    expect(await askRelay(relay, made(), relay.address)).toMatch(
      /Cannot complete Allocation|error 401/,
    );
  });
});
