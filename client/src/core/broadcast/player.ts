import { nextSegments, parsePlaylist } from './playlist.ts';

/** H.264 main and AAC-LC, as the server codes it. */
const mimeType = 'video/mp4; codecs="avc1.4d4020, mp4a.40.2"';
const pollMs = 500;
/** How far behind the newest segment somebody begins, and where the player catches up, in s. */
const behindSegments = 2;
const mostBehindS = 6;
const backS = 3;
const keptS = 30;

export type PlayerState = 'waiting' | 'playing' | 'ended' | 'unsupported';

/**
 * Plays a broadcast of ours in `video`. Safari plays such a playlist by itself; elsewhere segments
 * go into a media source as they come. Nothing of the network ends it: it asks again.
 */
export class BroadcastPlayer {
  private readonly video: HTMLVideoElement;
  private readonly base: string;
  private readonly onState: (state: PlayerState) => void;
  private source: MediaSource | null = null;
  private buffer: SourceBuffer | null = null;
  private init: string | null = null;
  private last: string | null = null;
  private isClosed = false;

  /** `base`: the folder of the playlist, with a slash at its end. */
  constructor(video: HTMLVideoElement, base: string, onState: (state: PlayerState) => void) {
    this.video = video;
    this.base = base;
    this.onState = onState;
  }

  /** Plays until `close`; resolves at the end of the broadcast. */
  async play(): Promise<void> {
    const isOurs = 'MediaSource' in globalThis && MediaSource.isTypeSupported(mimeType);
    if (!isOurs && this.video.canPlayType('application/vnd.apple.mpegurl') === '') {
      this.onState('unsupported');
      return;
    }
    while (!this.isClosed) {
      const isEnded = await (isOurs ? this.step() : this.stepNatively()).catch(() => false);
      if (isEnded) {
        this.onState('ended');
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  }

  close(): void {
    this.isClosed = true;
  }

  private async stepNatively(): Promise<boolean> {
    if (this.video.currentSrc !== '') return this.video.ended;
    const answer = await fetch(`${this.base}live.m3u8`);
    if (!answer.ok) this.onState('waiting');
    else {
      this.video.src = `${this.base}live.m3u8`;
      await this.video.play();
      this.onState('playing');
    }
    return false;
  }

  private async step(): Promise<boolean> {
    const answer = await fetch(`${this.base}live.m3u8`, { cache: 'no-cache' });
    if (!answer.ok) {
      this.onState('waiting');
      return false;
    }
    const playlist = parsePlaylist(await answer.text());
    if (playlist.init === null) return false;
    if (playlist.init !== this.init) await this.begin(playlist.init);
    const wanted = nextSegments(playlist, this.last, behindSegments);
    for (const name of wanted) {
      await this.append(name);
      this.last = name;
    }
    this.follow();
    return playlist.isEnded && wanted.length === 0 && this.isPlayedOut();
  }

  /** A new encoder's stream begins: a new source, for nothing of the old one fits to it. */
  private async begin(init: string): Promise<void> {
    const source = new MediaSource();
    const opened = new Promise((resolve) => source.addEventListener('sourceopen', resolve));
    const address = URL.createObjectURL(source);
    this.video.src = address;
    await opened;
    URL.revokeObjectURL(address);
    this.source = source;
    this.buffer = source.addSourceBuffer(mimeType);
    this.last = null;
    await this.append(init);
    this.init = init;
  }

  private async append(name: string): Promise<void> {
    const { buffer } = this;
    if (buffer === null || this.source?.readyState !== 'open') return;
    const answer = await fetch(this.base + name);
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    const bytes = await answer.arrayBuffer();
    await settled(buffer, () => buffer.appendBuffer(bytes));
    const start = buffer.buffered.length > 0 ? buffer.buffered.start(0) : 0;
    const until = this.video.currentTime - keptS;
    if (until > start) await settled(buffer, () => buffer.remove(start, until));
  }

  /** Begins, and jumps on when a bad line has let it fall behind. */
  private follow(): void {
    const { buffered } = this.video;
    if (buffered.length === 0) return;
    const [start, end] = [buffered.start(buffered.length - 1), buffered.end(buffered.length - 1)];
    const { currentTime } = this.video;
    if (currentTime < start || end - currentTime > mostBehindS) {
      this.video.currentTime = Math.max(start, end - backS);
    }
    if (this.video.paused) {
      this.video.play().then(
        () => this.onState('playing'),
        () => {
          // The browser wants a touch first: the page's button is there for it.
        },
      );
    }
  }

  private isPlayedOut(): boolean {
    const { buffered, currentTime } = this.video;
    return buffered.length === 0 || buffered.end(buffered.length - 1) - currentTime < 0.3;
  }
}

function settled(buffer: SourceBuffer, change: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    buffer.addEventListener('updateend', () => resolve(), { once: true });
    buffer.addEventListener('error', () => reject(new Error('the segment is broken')), {
      once: true,
    });
    change();
  });
}
