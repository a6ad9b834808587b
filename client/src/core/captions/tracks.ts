import { spokenTrack } from '@nhip-cau/shared/model/transcript';

/** The tracks that there are captions of, in the order in which they were first used. */
export const tracksOf = (captions: readonly { track: string }[]): string[] => [
  ...new Set(captions.map(({ track }) => track)),
];

/** The track to show: the one that the reader chose, where there is such a one today. */
export function trackShown(wanted: string, tracks: readonly string[]): string {
  const there = [wanted, spokenTrack].find((track) => tracks.includes(track));
  return there ?? tracks[0] ?? spokenTrack;
}
