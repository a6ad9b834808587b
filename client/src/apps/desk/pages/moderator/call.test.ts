import { describe, expect, it } from 'vitest';
import { bannerKinds } from './banner.ts';
import type { BannerKind } from './banner.ts';
import { callLevel, callsFor } from './call.ts';
import type { CallLevel } from './call.ts';

/** What is heard while the banner goes through these. */
function heard(kinds: readonly BannerKind[], from: CallLevel = 'none'): CallLevel[] {
  let level = from;
  return kinds.flatMap((kind) => {
    const before = level;
    level = callLevel(kind, before);
    const call = callsFor(before, level);
    return call === null ? [] : [call];
  });
}

describe('a hall is called', () => {
  it.each<[string, BannerKind[], CallLevel[]]>([
    [
      'once a step',
      ['queued', 'onDeckBehind', 'onDeckNext', 'opening', 'onAir', 'standby'],
      ['onDeck', 'next', 'called'],
    ],
    ['not again while nothing changes', ['onDeckNext', 'onDeckNext', 'onDeckNext'], ['next']],
    ['not when it is put back', ['onDeckNext', 'onDeckBehind', 'queued'], ['next']],
    ['again when it comes again', ['onDeckNext', 'standby', 'onDeckNext'], ['next', 'next']],
    ['at once from nothing', ['standby', 'calledNotSending'], ['called']],
    [
      'not for the line that was lost and is back',
      ['onDeckNext', 'offline', 'onDeckNext'],
      ['next'],
    ],
    [
      'for what came while the line was gone',
      ['onDeckBehind', 'offline', 'connecting', 'onDeckNext'],
      ['onDeck', 'next'],
    ],
    ['not by a turn that is held and goes on', ['onAir', 'held', 'opening', 'onAir'], ['called']],
    ['not at the head table', ['onAirCentral'], []],
    ['not when camera and microphone come on', ['onDeckNotSending', 'onDeckBehind'], ['onDeck']],
  ])('%s', (_, kinds, calls) => {
    expect(heard(kinds)).toEqual(calls);
  });

  it('has a level for every banner', () => {
    for (const kind of bannerKinds) expect(callLevel(kind, 'onDeck')).toBeTypeOf('string');
  });
});
