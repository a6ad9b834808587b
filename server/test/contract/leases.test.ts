import { describe, expect, it } from 'vitest';
import { createInProcessLeases } from '../../src/bus/in-process-leases.ts';
import type { Leases } from '../../src/dialogue/kernel/ports.ts';

/** What every implementation of the port must do. */
const implementations: [string, () => Leases][] = [['in process', createInProcessLeases]];

describe.each(implementations)('leases %s', (_name, create) => {
  it('have one holder at a time for each name', async () => {
    const leases = create();
    expect(await leases.acquire('a')).not.toBeNull();
    expect(await leases.acquire('a')).toBeNull();
    expect(await leases.acquire('b')).not.toBeNull();
  });

  it('give the next holder a higher token', async () => {
    const leases = create();
    const first = await leases.acquire('a');
    await first?.release();
    const second = await leases.acquire('a');
    expect(second?.token).toBeGreaterThan(first?.token ?? Infinity);
  });

  it('are not taken from the next holder by a late release', async () => {
    const leases = create();
    const first = await leases.acquire('a');
    await first?.release();
    await leases.acquire('a');
    await first?.release();
    expect(await leases.acquire('a')).toBeNull();
  });
});
