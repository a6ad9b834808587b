import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What the metrics read when they are asked for. */
export interface MetricSources {
  sockets: () => number;
  halls: () => number;
  media: () => Record<string, number>;
}

/** Prometheus metrics of this process, under the prefix `nhipcau_`. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'nhipcau_' });
  const registers = [registry];
  const batch = new Histogram({
    name: 'nhipcau_commit_commands',
    help: 'Commands that shared one commit',
    buckets: [1, 2, 5, 10, 25, 50, 100, 250, 500],
    registers,
  });
  const errors = new Counter({
    name: 'nhipcau_errors_total',
    help: 'Errors that no refusal explains',
    labelNames: ['part'] as const,
    registers,
  });

  return {
    handleBatch: (commands: number) => batch.observe(commands),
    handleError: (
      part:
        'engine' | 'stage' | 'media' | 'link' | 'timer' | 'push' | 'nodes' | 'recording' | 'speech',
    ) => errors.inc({ part }),
    text: () => registry.metrics(),
    contentType: registry.contentType,

    /** Names the sources; called once, when they stand. */
    watch(sources: MetricSources): void {
      const gauge = (name: string, help: string, read: () => number) =>
        new Gauge({
          name,
          help,
          registers,
          collect() {
            this.set(read());
          },
        });
      gauge('nhipcau_sockets', 'Sockets connected', sources.sockets);
      gauge('nhipcau_hall_sockets', 'Sockets of halls connected', sources.halls);
      new Gauge({
        name: 'nhipcau_media_objects',
        help: 'Open workers, routers, transports, producers and consumers',
        labelNames: ['kind'],
        registers,
        collect() {
          for (const [kind, count] of Object.entries(sources.media())) this.set({ kind }, count);
        },
      });
    },
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
