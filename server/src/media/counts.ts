import type { types } from 'mediasoup';

/** What is open now, over all workers. */
export interface MediaCounts {
  workers: number;
  routers: number;
  transports: number;
  producers: number;
  consumers: number;
}

/**
 * Counts mediasoup's own objects through their observers, apart from our maps: so that a test sees
 * a leak in the maps too.
 */
export function createMediaCounter() {
  const counts: MediaCounts = { workers: 0, routers: 0, transports: 0, producers: 0, consumers: 0 };

  function track(
    name: keyof MediaCounts,
    observer: { once(event: 'close', fn: () => void): void },
  ) {
    counts[name] += 1;
    observer.once('close', () => {
      counts[name] -= 1;
    });
  }

  return {
    counts: (): MediaCounts => ({ ...counts }),

    watch(worker: types.Worker): void {
      track('workers', worker.observer);
      worker.observer.on('newrouter', (router) => {
        track('routers', router.observer);
        router.observer.on('newtransport', (transport) => {
          track('transports', transport.observer);
          transport.observer.on('newproducer', (producer) => track('producers', producer.observer));
          transport.observer.on('newconsumer', (consumer) => track('consumers', consumer.observer));
        });
      });
    },
  };
}

export type MediaCounter = ReturnType<typeof createMediaCounter>;
