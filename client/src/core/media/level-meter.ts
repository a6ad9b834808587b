import { rmsDbfs } from './level.ts';

/** Readings a second: as many as an eye follows on a bar. */
const readingsPerSecond = 15;

/**
 * Measures a track in this browser, 15 times a second, in dBFS; whatever the server lets through.
 * A browser may hold the sound machine back until the user has touched the page: then it is
 * silent until `resume` is called from a click. The track stays the caller's.
 */
export class LevelMeter {
  readonly #context: AudioContext;
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(
    track: MediaStreamTrack,
    onLevel: (levelDbfs: number) => void,
    context: AudioContext = new AudioContext(),
  ) {
    this.#context = context;
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    this.#timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      onLevel(rmsDbfs(samples));
    }, 1000 / readingsPerSecond);
    void this.resume();
  }

  async resume(): Promise<void> {
    if (this.#context.state === 'suspended') await this.#context.resume();
  }

  /** Idempotent. */
  close(): void {
    clearInterval(this.#timer);
    if (this.#context.state !== 'closed') void this.#context.close();
  }
}
