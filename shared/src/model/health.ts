/** What a page of a hall says of the pictures it sends, or for a screen of those it shows. */
export const pictureStates = ['off', 'ok', 'black', 'frozen'] as const;
/** `silent`: a microphone is open here and gives nothing, not even the noise of a room. */
export const soundStates = ['off', 'ok', 'silent'] as const;

export type PictureState = (typeof pictureStates)[number];
export type SoundState = (typeof soundStates)[number];

/** One page's devices and line as it measured them last; `null`: it has nothing to measure. */
export interface PageHealth {
  picture: PictureState;
  sound: SoundState;
  /** The microphone hears what the loudspeakers of the hall play. */
  echo: boolean;
  /** The loudest of the last half minute, dBFS. */
  levelDbfs: number | null;
  /** What the line could carry each way, as the browser estimates it. */
  upKbps: number | null;
  downKbps: number | null;
  /** Packets lost each way, percent. */
  upLossPercent: number | null;
  downLossPercent: number | null;
  rttMs: number | null;
  /** Times in the last minute that a received picture stood still. */
  freezes: number;
  /** The computer's clock against the server's, ms; it runs ahead when positive. */
  clockOffsetMs: number | null;
}

/** One hall's pages: the computer that feeds the camera, and the projector's. */
export interface HallHealth {
  computer: PageHealth | null;
  screen: PageHealth | null;
}

type Figure = {
  [K in keyof PageHealth]: PageHealth[K] extends number | null ? K : never;
}[keyof PageHealth];

/**
 * By how much a figure must differ to be worth telling: at least `least`, and at least that share
 * of what was told before.
 */
const material: Readonly<Record<Figure, { least: number; share: number }>> = {
  levelDbfs: { least: 12, share: 0 },
  upKbps: { least: 100, share: 0.3 },
  downKbps: { least: 100, share: 0.3 },
  upLossPercent: { least: 2, share: 0.3 },
  downLossPercent: { least: 2, share: 0.3 },
  rttMs: { least: 40, share: 0.4 },
  freezes: { least: 2, share: 0.3 },
  clockOffsetMs: { least: 1_000, share: 0.3 },
};

/** Whether what a page measured now is worth telling to whoever was told `before`. */
export function changedEnough(before: PageHealth | null, now: PageHealth): boolean {
  if (before === null) return true;
  if (before.picture !== now.picture || before.sound !== now.sound || before.echo !== now.echo) {
    return true;
  }
  return (Object.keys(material) as Figure[]).some((figure) => {
    const [was, is] = [before[figure], now[figure]];
    if (was === null || is === null) return was !== is;
    const { least, share } = material[figure];
    return Math.abs(is - was) >= Math.max(least, Math.abs(was) * share);
  });
}
