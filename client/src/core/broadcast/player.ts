import Hls from 'hls.js/light';

/** H.264 main and AAC-LC, as the server codes it. */
const mimeType = 'video/mp4; codecs="avc1.4d4020, mp4a.40.2"';
const nativeType = 'application/vnd.apple.mpegurl';
/** What asks for a playlist that is not there yet, or has broken off, asks again after that long. */
const retryMs = 1_000;
const mostBehindS = 8;
/** For what of a broadcast's end is still on its way. */
const graceMs = 1_500;
/** An ended broadcast may begin once more at the same address. */
const endedRetryMs = 10_000;

export type PlayerState = 'waiting' | 'playing' | 'ended' | 'unsupported';
type Outcome = 'ended' | 'broken' | 'closed';

/**
 * Plays a broadcast of ours in `video`, as near to its end as the line allows. Safari plays such a
 * playlist by itself; elsewhere hls.js does. Nothing of the network ends it: it asks again.
 */
export class BroadcastPlayer {
  private readonly video: HTMLVideoElement;
  private readonly address: string;
  private readonly onState: (state: PlayerState) => void;
  private readonly closing = new AbortController();
  private hls: Hls | null = null;

  /** `base`: the folder of the playlist, with a slash at its end. */
  constructor(video: HTMLVideoElement, base: string, onState: (state: PlayerState) => void) {
    this.video = video;
    this.address = `${base}live.m3u8`;
    this.onState = onState;
  }

  /** Plays until `close`. */
  async play(): Promise<void> {
    const isOurs = Hls.isSupported() && Hls.getMediaSource()?.isTypeSupported(mimeType) === true;
    if (!isOurs && this.video.canPlayType(nativeType) === '') {
      this.onState('unsupported');
      return;
    }
    const { signal } = this.closing;
    for (let wasOver = false; !signal.aborted;) {
      const playlist = await this.look();
      if (playlist === null && !wasOver) this.onState('waiting');
      // What was over before this page came is not shown.
      if (playlist?.isOver === true) {
        wasOver = true;
        this.onState('ended');
      }
      const outcome = playlist?.isOver === false ? await this.run(isOurs) : null;
      if (outcome === 'ended') {
        wasOver = true;
        this.onState('ended');
      } else if (outcome === 'broken') wasOver = false;
      await pause(wasOver ? endedRetryMs : retryMs, signal);
    }
  }

  /** When what is seen now was taken, epoch ms by the server's clock; `null`: nothing is seen. */
  playingAt(): number | null {
    const { hls, video } = this;
    if (hls) return hls.playingDate?.getTime() ?? null;
    // Safari's, where it plays by itself.
    const startedAt =
      'getStartDate' in video ? (video.getStartDate as () => Date)().getTime() : NaN;
    return Number.isNaN(startedAt) ? null : startedAt + video.currentTime * 1_000;
  }

  close(): void {
    this.closing.abort();
  }

  /** `null`: there is none, or nobody to ask. */
  private async look(): Promise<{ isOver: boolean } | null> {
    try {
      const answer = await fetch(this.address, { cache: 'no-cache' });
      return answer.ok ? { isOver: (await answer.text()).includes('#EXT-X-ENDLIST') } : null;
    } catch {
      return null;
    }
  }

  private async run(isOurs: boolean): Promise<Outcome> {
    const { video, closing } = this;
    const listening = new AbortController();
    const options = { signal: listening.signal };
    const hls = isOurs ? new Hls(settings) : null;
    this.hls = hls;
    try {
      return await new Promise<Outcome>((resolve) => {
        closing.signal.addEventListener('abort', () => resolve('closed'), options);
        video.addEventListener('ended', () => resolve('ended'), options);
        video.addEventListener('playing', () => this.onState('playing'), options);
        video.addEventListener('error', () => resolve('broken'), options);
        hls?.on(Hls.Events.ERROR, (_event, { fatal }) => {
          if (fatal) resolve('broken');
        });
        if (hls) {
          hls.loadSource(this.address);
          hls.attachMedia(video);
          video.addEventListener('timeupdate', () => keepUp(hls, video), options);
          awaitEnd(hls, video, () => resolve('ended'));
        } else video.src = this.address;
        // Silent, as browsers want it; the page has a button for the sound.
        video.autoplay = true;
      });
    } finally {
      listening.abort();
      hls?.destroy();
      this.hls = null;
    }
  }
}

/** How near to the end it plays is what the playlist says (PART-HOLD-BACK). */
const settings = {
  lowLatencyMode: true,
  // What a bad line has cost is made up for, unheard.
  maxLiveSyncPlaybackRate: 1.1,
  liveSyncOnStallIncrease: 0.25,
  backBufferLength: 30,
  // A worker would be a script of its own, made of text, which no page of ours may run.
  enableWorker: false,
};

/** Calls once what a playlist that has ended still holds was played, whether all of it came or not. */
function awaitEnd(hls: Hls, video: HTMLVideoElement, onEnd: () => void): void {
  let ending: ReturnType<typeof setTimeout> | undefined;
  hls.on(Hls.Events.LEVEL_UPDATED, (_event, { details }) => {
    if (details.live) return;
    const leftS = Math.max(0, details.edge - video.currentTime);
    ending ??= setTimeout(onEnd, leftS * 1_000 + graceMs);
  });
  hls.on(Hls.Events.DESTROYING, () => clearTimeout(ending));
}

/** Goes to where the others are when a bad line has let it fall far behind. */
function keepUp(hls: Hls, video: HTMLVideoElement): void {
  if (hls.latency > mostBehindS && hls.liveSyncPosition !== null) {
    video.currentTime = hls.liveSyncPosition;
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}
