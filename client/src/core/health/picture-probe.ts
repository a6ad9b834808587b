import type { PictureState } from '@nhip-cau/shared/model/health';
import { lightness, PictureJudge, probeHeight, probeWidth } from './picture.ts';

/**
 * Looks at a camera's track, or at a received one, by drawing it very small. A page out of sight
 * draws nothing: then the last look counts on.
 */
export class PictureProbe {
  private readonly video = document.createElement('video');
  private readonly canvas = document.createElement('canvas');
  private readonly judge = new PictureJudge();
  private track: MediaStreamTrack | null = null;
  private state: PictureState = 'off';

  constructor() {
    this.video.muted = true;
    this.video.playsInline = true;
    this.canvas.width = probeWidth;
    this.canvas.height = probeHeight;
  }

  look(track: MediaStreamTrack | null): PictureState {
    this.take(track);
    if (this.track === null) return (this.state = 'off');
    const isDrawn = this.video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA;
    if (document.visibilityState !== 'visible' || !isDrawn) {
      return (this.state = this.state === 'off' ? 'ok' : this.state);
    }
    const context = this.canvas.getContext('2d', { willReadFrequently: true });
    if (!context) return this.state;
    context.drawImage(this.video, 0, 0, probeWidth, probeHeight);
    const { data } = context.getImageData(0, 0, probeWidth, probeHeight);
    return (this.state = this.judge.look(lightness(data)));
  }

  /** Idempotent. */
  close(): void {
    this.video.srcObject = null;
    this.track = null;
  }

  private take(track: MediaStreamTrack | null): void {
    const live = track?.readyState === 'live' ? track : null;
    if (live === this.track) return;
    this.track = live;
    this.judge.reset();
    this.video.srcObject = live && new MediaStream([live]);
    if (live) this.video.play().catch(() => {});
  }
}
