/** What every engine hears: Hz, one channel, signed 16 bit in the machine's byte order. */
export const sampleRate = 16_000;

export interface EngineOptions {
  /** BCP 47, for example `vi`. */
  language: string;
  /** Names and terms that the engine should expect; one that cannot use them ignores them. */
  hotWords: readonly string[];
}

/** Positions are samples since the session's first `write`. */
export interface EngineWord {
  text: string;
  start: number;
  end: number;
  /** 0 to 1; `null`: the engine does not say. */
  confidence: number | null;
}

/** What an engine will not change any more. `text` is never empty. */
export interface EngineFinal {
  text: string;
  start: number;
  end: number;
  /** 0 to 1; `null`: the engine does not say. */
  confidence: number | null;
  words: EngineWord[] | null;
  /** The engine's own name for who spoke, where it tells voices apart. */
  speaker: string | null;
}

/** What an engine makes of the sound since `start` so far; the next one replaces it. */
export interface EnginePartial {
  text: string;
  start: number;
}

/** Nothing is called before `open` has resolved, nor after `close` or `handleFailure`. */
export interface EngineListener {
  handlePartial(partial: EnginePartial): void;
  /** In order of `start`, not overlapping. Everything before `end` is done: it is never heard again. */
  handleFinal(final: EngineFinal): void;
  /** Silence or noise without words up to here is done as well (lets the spool move on). */
  handleProgress(position: number): void;
  /** The session is dead; audio after the last final or progress has to be given to another. Once. */
  handleFailure(error: Error): void;
}

/** One speaker's sound on its way through an engine. */
export interface EngineSession {
  /**
   * Takes a piece of at most one second; the array may be used again once this returned. False:
   * full, wait for `drained()` before the next write. Memory stays bounded by the engine. A dead
   * session swallows what it is given.
   */
  write(pcm: Int16Array): boolean;
  /** Resolves once there is room again, and when the session ends in any way. Never rejects. */
  drained(): Promise<void>;
  /** A pause: engines that work on utterances finish this one. */
  endUtterance(): void;
  /**
   * Finishes what was written (the last finals come), then ends the session. Rejects after its
   * time-out and when the session dies or is closed meanwhile; a session that dies tells the
   * listener as well.
   */
  finish(): Promise<void>;
  /** Ends at once, whatever is under way. Idempotent. */
  close(): void;
}

/** A recogniser of speech. One engine serves many sessions at once. */
export interface SpeechEngine {
  /** For people and for the log, for example "sherpa-onnx zipformer-vi-int8". */
  readonly name: string;
  /** What it wants: a continuous stream, or utterances cut by voice activity. */
  readonly wants: 'stream' | 'utterances';
  /**
   * Looks whether it is there and could be used, without any sound. Rejects with what is wrong, for
   * people.
   */
  look(): Promise<void>;
  /** Rejects where no session can be had (not reachable, a wrong model). */
  open(options: EngineOptions, listener: EngineListener): Promise<EngineSession>;
  /** Ends every session; no other can be had after it. Idempotent. */
  close(): Promise<void>;
}
