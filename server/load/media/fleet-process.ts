/** One process of a `Fleet`. */
import { setTimeout as delay } from 'node:timers/promises';
import { answerAll } from '../../bench/support/helper-process.ts';
import { SyntheticBridgePoint } from './bridge-point.ts';
import type { FleetOptions, FleetOrder } from './fleet.ts';
import { packetsOf } from './packets.ts';
import { readRecording, withLongSound } from './recording.ts';
import type { Route } from './rtp-leg.ts';
import { UdpRelay } from './udp-relay.ts';

const recording = readRecording();
const bridgePoints: SyntheticBridgePoint[] = [];
const lines = new Map<string, UdpRelay>();
const closing = new AbortController();

// Whoever started it is gone, and nobody else would end what it sends.
process.on('disconnect', () => process.exit(0));

answerAll(async (asked: FleetOrder) => {
  switch (asked.order) {
    case 'open':
      return open(asked.options);
    case 'figures':
      return bridgePoints.map((each) => each.figures());
    case 'impair':
      for (const [bridgePointId, line] of lines) {
        if (asked.bridgePointIds?.includes(bridgePointId) ?? true) line.set(asked.impairment);
      }
      return null;
    case 'forget':
      for (const each of bridgePoints) each.forget();
      return null;
    case 'close':
      closing.abort();
      await Promise.all(bridgePoints.splice(0).map((each) => each.close()));
      for (const line of lines.values()) line.close();
      lines.clear();
      return null;
  }
});

function open(asked: FleetOptions): number {
  const { halls, layersKbps, soundFrames = 1, withinMs, lineSeed, ...options } = asked;
  const packets = packetsOf(withLongSound(recording, soundFrames), layersKbps);
  const added = halls.map((hall) => {
    const route = lineSeed === undefined ? {} : { route: lineOf(hall.bridgePointId, lineSeed) };
    return new SyntheticBridgePoint({ ...options, ...hall, ...route, packets });
  });
  bridgePoints.push(...added);
  void comeIn(added, withinMs / Math.max(1, added.length));
  return added.length;
}

function lineOf(bridgePointId: string, seed: string): Route {
  const line = new UdpRelay(`${seed}/${bridgePointId}`);
  lines.set(bridgePointId, line);
  return (candidate) => line.doorTo(candidate);
}

async function comeIn(added: readonly SyntheticBridgePoint[], everyMs: number): Promise<void> {
  for (const each of added) {
    if (closing.signal.aborted) return;
    each.start();
    await delay(everyMs, undefined, { signal: closing.signal }).catch(() => {});
  }
}
