/** One process of a `Fleet`. */
import { setTimeout as delay } from 'node:timers/promises';
import { answerAll } from '../../bench/support/helper-process.ts';
import { SyntheticBridgePoint } from './bridge-point.ts';
import type { FleetOptions, FleetOrder } from './fleet.ts';
import { packetsOf } from './packets.ts';
import { readRecording } from './recording.ts';

const recording = readRecording();
const bridgePoints: SyntheticBridgePoint[] = [];
const closing = new AbortController();

answerAll(async (asked: FleetOrder) => {
  switch (asked.order) {
    case 'open':
      return open(asked.options);
    case 'figures':
      return bridgePoints.map((each) => each.figures());
    case 'forget':
      for (const each of bridgePoints) each.forget();
      return null;
    case 'close':
      closing.abort();
      await Promise.all(bridgePoints.splice(0).map((each) => each.close()));
      return null;
  }
});

function open({ halls, layersKbps, withinMs, ...options }: FleetOptions): number {
  const packets = packetsOf(recording, layersKbps);
  const added = halls.map((hall) => new SyntheticBridgePoint({ ...options, ...hall, packets }));
  bridgePoints.push(...added);
  void comeIn(added, withinMs / Math.max(1, added.length));
  return added.length;
}

async function comeIn(added: readonly SyntheticBridgePoint[], everyMs: number): Promise<void> {
  for (const each of added) {
    if (closing.signal.aborted) return;
    each.start();
    await delay(everyMs, undefined, { signal: closing.signal }).catch(() => {});
  }
}
