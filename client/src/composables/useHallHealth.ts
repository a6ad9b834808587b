import type { PageHealth } from '@nhip-cau/shared/model/health';
import type { HallDevices } from '@nhip-cau/shared/protocol/health';
import { useIntervalFn } from '@vueuse/core';
import { onScopeDispose, shallowReadonly, shallowRef, watch } from 'vue';
import type { Ref } from 'vue';
import { LinkMeter } from '../core/health/link-meter.ts';
import type { StatsEntry } from '../core/health/link-meter.ts';
import { PictureProbe } from '../core/health/picture-probe.ts';
import { HealthReporter } from '../core/health/reporter.ts';
import type { SendHealth } from '../core/health/reporter.ts';
import type { MediaClient } from '../core/media/media-client.ts';

/** How often a page looks, in ms. */
const lookMs = 4_000;

export interface UseHallHealthOptions {
  client: MediaClient;
  send: SendHealth;
  status: Readonly<Ref<string>>;
  /** The server's clock, epoch ms. */
  now: () => number;
  /** The picture that counts on this page: what a computer sends, what a screen shows. */
  picture: () => MediaStreamTrack | null;
  /** What the page knows of its sound; for a computer. */
  sound?: (() => Pick<PageHealth, 'sound' | 'levelDbfs' | 'echo'>) | undefined;
  devices?: (() => HallDevices) | undefined;
}

const noSound = { sound: 'off', levelDbfs: null, echo: false } as const;

/** Measures a hall's page every few seconds and tells what changed, while the calling scope lives. */
export function useHallHealth(options: UseHallHealthOptions) {
  const { client, send, status, now, picture, sound, devices } = options;
  const reporter = new HealthReporter(send);
  const meter = new LinkMeter();
  const probe = new PictureProbe();
  const health = shallowRef<PageHealth | null>(null);

  async function look(): Promise<void> {
    const link = meter.take(...(await statsOf(client)), performance.now());
    health.value = {
      picture: probe.look(picture()),
      ...(sound?.() ?? noSound),
      ...link,
      clockOffsetMs: status.value === 'online' ? Math.round(Date.now() - now()) : null,
    };
    if (status.value === 'online') await reporter.take(health.value, devices?.());
  }

  watch(status, (is) => {
    if (is === 'online') reporter.forget();
  });
  useIntervalFn(() => void look().catch(() => {}), lookMs, { immediateCallback: true });
  onScopeDispose(() => probe.close());
  return { health: shallowReadonly(health), look };
}

/** Everything that this page sends and receives. */
async function statsOf({
  publisher,
  receiver,
}: MediaClient): Promise<[StatsEntry[], StatsEntry[]]> {
  const [sent, received] = await Promise.all([
    Promise.all((['camera', 'microphone'] as const).map((source) => publisher.stats(source))),
    Promise.all(
      receiver
        .feeds()
        .flatMap(({ bridgePointId }) =>
          (['camera', 'microphone'] as const).map((source) =>
            receiver.stats(bridgePointId, source),
          ),
        ),
    ),
  ]);
  return [entriesOf(sent), entriesOf(received)];
}

/** Each entry once: one connection's reports repeat what they share. */
function entriesOf(reports: readonly (RTCStatsReport | undefined)[]): StatsEntry[] {
  const entries = new Map<string, StatsEntry>();
  for (const report of reports) {
    report?.forEach((entry: StatsEntry) => entries.set(entry.id, entry));
  }
  return [...entries.values()];
}
