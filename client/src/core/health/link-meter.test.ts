import { describe, expect, it } from 'vitest';
import { LinkMeter, type StatsEntry } from './link-meter.ts';

const pair = (figures: Partial<StatsEntry>): StatsEntry => ({
  id: 'pair',
  type: 'candidate-pair',
  nominated: true,
  state: 'succeeded',
  ...figures,
});
const sentUpTo = (packetsSent: number, packetsLost: number): StatsEntry[] => [
  pair({ availableOutgoingBitrate: 1_234_567, currentRoundTripTime: 0.0421 }),
  { id: 'other', type: 'candidate-pair', nominated: false, availableOutgoingBitrate: 9e9 },
  { id: 'out', type: 'outbound-rtp', packetsSent },
  { id: 'back', type: 'remote-inbound-rtp', packetsLost },
];
const receivedUpTo = (packetsReceived: number, lost: number, freezeCount = 0): StatsEntry[] => [
  pair({ currentRoundTripTime: 0.03 }),
  { id: 'in', type: 'inbound-rtp', packetsReceived, packetsLost: lost, freezeCount },
];

describe('the line', () => {
  it('is measured between two looks', () => {
    const meter = new LinkMeter();
    expect(meter.take(sentUpTo(1_000, 50), receivedUpTo(500, 5), 0)).toEqual({
      upKbps: 1_235,
      downKbps: null,
      upLossPercent: null,
      downLossPercent: null,
      rttMs: 42,
      freezes: 0,
    });
    expect(meter.take(sentUpTo(1_200, 60), receivedUpTo(590, 15), 5_000)).toMatchObject({
      upLossPercent: 5,
      downLossPercent: 10,
    });
  });

  it('says nothing of a few packets, and nothing where nothing flows', () => {
    const meter = new LinkMeter();
    meter.take(sentUpTo(100, 0), [], 0);
    expect(meter.take(sentUpTo(110, 5), [], 5_000).upLossPercent).toBeNull();
    expect(new LinkMeter().take([], [], 0)).toMatchObject({ upKbps: null, rttMs: null });
  });

  it('begins anew with a new connection', () => {
    const meter = new LinkMeter();
    meter.take(sentUpTo(5_000, 100), [], 0);
    expect(meter.take(sentUpTo(100, 40), [], 5_000).upLossPercent).toBeNull();
  });

  it('counts the freezes of the last minute', () => {
    const meter = new LinkMeter();
    const freezesAt = (count: number, now: number) =>
      meter.take([], receivedUpTo(1_000, 0, count), now).freezes;
    expect([
      freezesAt(4, 0),
      freezesAt(6, 5_000),
      freezesAt(7, 30_000),
      freezesAt(7, 70_000),
    ]).toEqual([0, 2, 3, 1]);
  });
});
