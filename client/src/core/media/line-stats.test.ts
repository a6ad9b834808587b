import { describe, expect, it } from 'vitest';
import { readLine, readPath, sampleLine } from './line-stats.ts';
import type { Stat } from './line-stats.ts';

const sound = (fields: Partial<Stat>): Stat => ({ type: 'inbound-rtp', kind: 'audio', ...fields });
const picture = (fields: Partial<Stat>): Stat => ({
  type: 'inbound-rtp',
  kind: 'video',
  ...fields,
});

describe('a line', () => {
  it.each<[string, Stat[], Stat[], object]>([
    [
      'of which a tenth is lost',
      [picture({ packetsReceived: 100, packetsLost: 0 })],
      [picture({ packetsReceived: 190, packetsLost: 10 })],
      { packets: 90, lost: 0.1 },
    ],
    [
      'over all its streams',
      [],
      [picture({ packetsReceived: 60, packetsLost: 20 }), sound({ packetsReceived: 20 })],
      { packets: 80, lost: 0.2 },
    ],
    [
      'whose sound is made up while somebody speaks',
      [sound({ totalSamplesReceived: 48_000, concealedSamples: 0 })],
      [
        sound({
          totalSamplesReceived: 144_000,
          concealedSamples: 19_200,
          silentConcealedSamples: 9_600,
        }),
      ],
      { concealed: 0.1 },
    ],
    [
      'whose picture stood still for half of it',
      [picture({ totalFreezesDuration: 3 })],
      [picture({ totalFreezesDuration: 4 })],
      { frozen: 0.5 },
    ],
    [
      'one of whose streams ended meanwhile',
      [picture({ packetsReceived: 900, packetsLost: 90 }), sound({ packetsReceived: 100 })],
      [sound({ packetsReceived: 200 })],
      { packets: 0, lost: 0 },
    ],
    [
      'that the SFU only probes',
      [],
      [picture({ packetsReceived: 40, trackIdentifier: 'probator' })],
      { packets: 0 },
    ],
  ])('%s', (_, before, now, expected) => {
    expect(sampleLine(readLine(before, 1_000), readLine(now, 3_000))).toMatchObject({
      elapsedMs: 2_000,
      ...expected,
    });
  });

  it('is alive by its packets and by the answers to ICE’s checks', () => {
    expect(
      readPath([
        { type: 'transport', packetsReceived: 12 },
        { type: 'candidate-pair', responsesReceived: 3, nominated: true },
        { type: 'candidate-pair', responsesReceived: 1 },
        picture({ packetsReceived: 9 }),
      ]),
    ).toEqual({ packets: 12, responses: 4 });
  });
});
