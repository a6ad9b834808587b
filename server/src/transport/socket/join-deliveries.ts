import type { Delivery, Put } from '@nhip-cau/shared/protocol/facts';

/**
 * Two deliveries of one audience as one, `later` being the one that follows: who takes it in has
 * what both would have given.
 */
export function joinDeliveries(earlier: Delivery, later: Delivery): Delivery {
  const puts = new Map<string, Put>();
  for (const put of [...earlier.puts, ...later.puts]) {
    const key = `${put.collection}:${put.id}`;
    // The newer value goes where the newer delivery would have put it.
    puts.delete(key);
    puts.set(key, put);
  }
  return { ...later, prev: earlier.prev, puts: [...puts.values()] };
}
