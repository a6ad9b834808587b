import { spokenTrack } from '@nhip-cau/shared/model/transcript';
import type { CaptionFact } from '@nhip-cau/shared/protocol/facts';
import { trackName } from '../captions/track-name.ts';
import { trackShown } from '../captions/tracks.ts';
import { CueSchedule } from './caption-cues.ts';

/** What a viewer may choose beside the tracks. */
export const noCaptions = 'off';

export interface CaptionTracksOptions {
  /** The word for the head table. */
  leader: string;
  /** A track, or `noCaptions`. */
  choice: string;
  /** The tracks that there are, and what of them is shown, whenever that has changed. */
  onChange: (tracks: readonly string[], shown: string) => void;
  /** The viewer has chosen, here or in the browser's own menu. */
  onChoice: (choice: string) => void;
}

/**
 * Captions in a video's own text tracks, so that the browser's buttons and settings for captions
 * hold for them too.
 */
export class CaptionTracks {
  private readonly video: HTMLVideoElement;
  private readonly options: CaptionTracksOptions;
  private readonly schedule = new CueSchedule();
  private readonly tracks = new Map<string, TextTrack>();
  private readonly cues = new Map<string, VTTCue>();
  private choice: string;
  /** What the tracks are set to: anything else was chosen in the browser's own menu. */
  private applied = noCaptions;

  constructor(video: HTMLVideoElement, options: CaptionTracksOptions) {
    this.video = video;
    this.options = options;
    this.choice = options.choice;
    video.textTracks.addEventListener('change', () => this.handleMenu());
  }

  choose(choice: string): void {
    this.choice = choice;
    this.options.onChoice(choice);
    this.apply();
  }

  /** Takes the captions as they are while the picture of `playingAt` (epoch ms) is seen. */
  update(captions: readonly CaptionFact[], playingAt: number): void {
    const startedAt = playingAt - this.video.currentTime * 1_000;
    const seconds = (time: number) => Math.max(0, (time - startedAt) / 1_000);
    const wanted = this.schedule.cues(captions, playingAt, this.options.leader);
    const gone = new Set(this.cues.keys());
    for (const { key, track, from, until, text } of wanted) {
      gone.delete(key);
      const cue = this.cues.get(key) ?? this.add(key, track, text);
      if (cue.text !== text) cue.text = text;
      // Where it is shown already it must not be drawn anew for the sake of a rounding.
      if (isOff(cue.startTime, seconds(from))) cue.startTime = seconds(from);
      if (isOff(cue.endTime, seconds(until))) cue.endTime = seconds(until);
    }
    for (const key of gone) this.remove(key);
  }

  private add(key: string, track: string, text: string): VTTCue {
    const cue = new VTTCue(0, 0, text);
    this.cues.set(key, cue);
    this.trackOf(track).addCue(cue);
    return cue;
  }

  private remove(key: string): void {
    const cue = this.cues.get(key);
    this.cues.delete(key);
    cue?.track?.removeCue(cue);
  }

  private trackOf(track: string): TextTrack {
    const known = this.tracks.get(track);
    if (known) return known;
    const kind = track === spokenTrack ? 'captions' : 'subtitles';
    const made = this.video.addTextTrack(kind, trackName(track), track);
    this.tracks.set(track, made);
    this.apply();
    return made;
  }

  private apply(): void {
    const { choice, tracks } = this;
    this.applied = choice === noCaptions ? choice : trackShown(choice, [...tracks.keys()]);
    for (const [name, track] of tracks) track.mode = name === this.applied ? 'showing' : 'disabled';
    this.options.onChange([...tracks.keys()], this.applied);
  }

  private handleMenu(): void {
    const shown = [...this.tracks].find(([, { mode }]) => mode === 'showing');
    const [now] = shown ?? [noCaptions];
    if (now !== this.applied) this.choose(now);
  }
}

const isOff = (value: number, wanted: number): boolean => Math.abs(value - wanted) > 0.1;
