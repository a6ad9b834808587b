/** What is placed on a worker now. */
export interface WorkerLoad {
  /** Transports that send packets out to a receiver. */
  receivers: number;
  /** Transports that take packets in; those on standby carry the smallest layer only. */
  publishers: number;
}

export type LoadKind = keyof WorkerLoad;

/**
 * What one transport costs, relative to each other: a receiver gets two or three streams in full,
 * a publisher on standby sends one small one.
 */
const cost: Readonly<Record<LoadKind, number>> = { receivers: 5, publishers: 1 };

function costOf({ publishers, receivers }: WorkerLoad): number {
  return publishers * cost.publishers + receivers * cost.receivers;
}

/** The least loaded of the workers, the first of several alike; undefined of none. */
export function place<W extends { readonly load: WorkerLoad }>(
  workers: readonly W[],
): W | undefined {
  let least: W | undefined;
  for (const worker of workers) {
    if (!least || costOf(worker.load) < costOf(least.load)) least = worker;
  }
  return least;
}
