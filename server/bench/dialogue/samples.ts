import { usageOf } from '../../load/process-usage.ts';
import { mediaWorkersOf } from '../../load/children.ts';
import { treeUsageOf } from '../support/process-tree.ts';
import { median } from '../report.ts';

/** How a machine's processes stand at one moment. CPU in seconds since each one's start. */
export interface Sample {
  /** ms on a steady clock. */
  readonly at: number;
  readonly serverCpu: number;
  readonly workersCpu: number;
  readonly browsersCpu: number;
  readonly generatorsCpu: number;
  readonly serverRssBytes: number;
  readonly workersRssBytes: number;
  /** Since the sample before, by the server's own metrics. */
  readonly loopP99Ms: number;
  readonly loopMaxMs: number;
}

/** The metrics look this often, which is no delay. */
const loopResolutionMs = 10;
const minuteMs = 60_000;

/** Asks kernel and metrics. */
export async function takeSample(
  server: { url: string; pid: number },
  chromium: number,
  generators: () => { userSeconds: number; systemSeconds: number },
): Promise<Sample> {
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  const own = usageOf(server.pid);
  const workers = mediaWorkersOf(server.pid).map(usageOf);
  const { userSeconds, systemSeconds } = generators();
  return {
    at: performance.now(),
    serverCpu: own.userSeconds + own.systemSeconds,
    workersCpu: sum(workers.map((one) => one.userSeconds + one.systemSeconds)),
    browsersCpu: sum([...treeUsageOf(chromium).values()].map(({ seconds }) => seconds)),
    generatorsCpu: userSeconds + systemSeconds,
    serverRssBytes: own.rssBytes,
    workersRssBytes: sum(workers.map(({ rssBytes }) => rssBytes)),
    ...loopIn(metrics),
  };
}

/** The event loop's delays since these metrics were asked for the last time. */
export function loopIn(metrics: string): Pick<Sample, 'loopP99Ms' | 'loopMaxMs'> {
  const seconds = (name: string) => {
    const [, value] =
      new RegExp(`^nhipcau_nodejs_eventloop_lag_${name}_seconds (\\S+)$`, 'm').exec(metrics) ?? [];
    return Number(value);
  };
  const delayMs = (name: string) => Math.max(0, seconds(name) * 1_000 - loopResolutionMs);
  return { loopP99Ms: delayMs('p99'), loopMaxMs: delayMs('max') };
}

/** Cores in use between the first sample and the last one. */
export function coresOf(
  samples: readonly Sample[],
  of: 'serverCpu' | 'workersCpu' | 'browsersCpu' | 'generatorsCpu',
): number {
  const [first, last] = [samples[0]!, samples.at(-1)!];
  return ((last[of] - first[of]) * 1_000) / (last.at - first.at);
}

/** The last minute's memory as a multiple of the first one's (medians of each). */
export function growthOf(
  samples: readonly Sample[],
  of: 'serverRssBytes' | 'workersRssBytes',
): number {
  const [first, last] = [samples[0]!.at, samples.at(-1)!.at];
  const middle = (some: readonly Sample[]) => median(some.map((sample) => sample[of]));
  return (
    middle(samples.filter(({ at }) => at >= last - minuteMs)) /
    middle(samples.filter(({ at }) => at <= first + minuteMs))
  );
}
