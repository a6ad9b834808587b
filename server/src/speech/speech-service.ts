import { mkdir } from 'node:fs/promises';
import type { SpokenLine, TranscribingSignal } from '@nhip-cau/shared/protocol/signals';
import type { TimerClock } from '../dialogue/kernel/timer-clock.ts';
import type { DialogueState } from '../dialogue/kernel/state.ts';
import { sampleRate, type SpeechEngine } from './engine.ts';
import { EngineWatch } from './engine-watch.ts';
import { Microphone } from './microphone.ts';
import type { LineWriter, SoundTrack, TranscriptSink } from './ports.ts';
import { DiskRoom } from './spool/disk-room.ts';
import { Expiry } from './spool/expiry.ts';
import { SpokenWords } from './spoken-words.ts';
import { behindMs, transcribingSignal } from './transcribing-signal.ts';
import { type ActiveRun, Transcriber } from './transcriber.ts';

const samplesPerMs = sampleRate / 1_000;
const tickMs = 100;
/** The desk is told once a second, the disk is looked at every five. */
const tellEvery = 10;
const diskEvery = 50;

export interface SpeechServiceOptions {
  /** `null`: none; nothing is listened to then, and nothing kept. */
  engine: SpeechEngine | null;
  language: string;
  /** Where sound is kept, a folder a dialogue; it belongs to this node alone. */
  dir: string;
  keepDays: number;
  /** With fewer bytes free nothing is kept. */
  floorBytes: number;
  sink: TranscriptSink;
  writer: LineWriter;
  clock: TimerClock;
  onSpoken: (dialogueId: string, lines: SpokenLine[]) => void;
  /** `null`: this node does not listen to that dialogue any more. */
  onTranscribing: (dialogueId: string, signal: TranscribingSignal | null) => void;
  /** Told what is wrong with the engine before anybody speaks; `null`: it is there. */
  onLook: (fault: Error | null) => void;
  /** Told of what is tried again: an engine that fails, a log that takes nothing now. */
  onRetry: (error: unknown, dialogueId: string) => void;
  /** Told of what is lost: sound that cannot be kept. */
  onError: (error: unknown, dialogueId: string) => void;
  /** Bytes that a plain user may still write there. */
  freeBytes?: (dir: string) => Promise<number>;
}

/** A dialogue that is under way, or of which something is still to be transcribed here. */
interface Followed {
  state: DialogueState;
  /** What the desk was told last. */
  told: string;
}

/**
 * Listens to the microphones on air that come in at this node, keeps what they say and has it
 * transcribed: at once while the engine keeps up, later where it does not, after a restart where it
 * was left. A microphone comes in at one node, so each is heard once.
 */
export class SpeechService {
  private readonly options: SpeechServiceOptions;
  private readonly followed = new Map<string, Followed>();
  private readonly onAir = new Map<string, SoundTrack>();
  private readonly microphones = new Map<string, Microphone>();
  private readonly ending = new Set<Promise<unknown>>();
  private readonly spoken: SpokenWords;
  private readonly transcriber: Transcriber | null;
  private readonly watch: EngineWatch | null;
  private readonly room: DiskRoom;
  private readonly expiry: Expiry;
  private ticks = 0;
  private stopTicking: (() => void) | null = null;
  private isClosed = false;

  constructor(options: SpeechServiceOptions) {
    this.options = options;
    this.room = new DiskRoom(options.dir, options.floorBytes, options.freeBytes);
    this.expiry = new Expiry(options);
    this.spoken = new SpokenWords(options.onSpoken);
    const { engine } = options;
    const watch = engine && new EngineWatch({ ...options, engine });
    this.watch = watch;
    this.transcriber =
      engine &&
      new Transcriber({
        ...options,
        engine,
        onPartial: this.handlePartial,
        onHeard: () => watch?.handleHeard(),
      });
  }

  /** Goes on with what was left unfinished, and removes what is too old. */
  async start(): Promise<void> {
    const { dir, onError } = this.options;
    // Also what was heard while there was an engine.
    await this.expiry.start();
    if (this.transcriber === null) return;
    this.watch?.start();
    try {
      await mkdir(dir, { recursive: true, mode: 0o700 });
      await this.room.look().catch((error: unknown) => onError(error, ''));
      await this.transcriber.start();
    } catch (error) {
      onError(error, '');
    }
    this.tick();
  }

  handleTrack(track: SoundTrack): void {
    if (track.source !== 'microphone' || track.isGathered) return;
    if (!/^audio\/opus$/i.test(track.codec.mimeType)) return;
    this.onAir.set(track.id, track);
    const followed = this.followed.get(track.dialogueId);
    if (followed && isUnderWay(followed.state)) this.begin(track);
  }

  handleTrackEnded(id: string): void {
    this.onAir.delete(id);
    this.end(id);
  }

  /** Call after each commit, and when somebody comes to a dialogue. */
  handleState(state: DialogueState): void {
    const { id } = state;
    const known = this.followed.get(id);
    if (this.isClosed || !(known || isUnderWay(state) || this.owes(id))) return;
    const followed = known ?? { state, told: '' };
    followed.state = state;
    this.followed.set(id, followed);
    for (const track of this.onAir.values()) {
      if (track.dialogueId !== id) continue;
      if (isUnderWay(state)) this.begin(track);
      else this.end(track.id);
    }
    if (state.transcript.isMuted) this.hushAll(id);
    if (!known) this.tell(id, followed);
  }

  /** Lets go of dialogues that this node serves no more. What was heard is transcribed all the same. */
  keepOnly(dialogueIds: readonly string[]): void {
    const kept = new Set(dialogueIds);
    for (const id of [...this.followed.keys()]) if (!kept.has(id)) this.drop(id);
  }

  /**
   * Resolves when every microphone is off air and what they said was given to the engine, or after
   * `limitMs`.
   */
  async settle(limitMs: number): Promise<void> {
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const giveUp = this.options.clock.after(limitMs, resolve);
    await Promise.race([this.settled(), late]);
    giveUp();
  }

  /** Makes the files whole and ends the engine's sessions; the next start goes on. Idempotent. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.stopTicking?.();
    this.expiry.close();
    this.watch?.close();
    for (const dialogueId of [...this.followed.keys()]) this.drop(dialogueId);
    await this.transcriber?.close();
    await this.settled();
    await this.options.engine?.close();
  }

  private drop(dialogueId: string): void {
    this.followed.delete(dialogueId);
    for (const { id, dialogueId: of } of this.onAir.values()) if (of === dialogueId) this.end(id);
    this.hushAll(dialogueId);
    this.options.onTranscribing(dialogueId, null);
  }

  private owes(dialogueId: string): boolean {
    return this.transcriber?.owes(dialogueId) === true;
  }

  private begin(track: SoundTrack): void {
    const { options, transcriber } = this;
    if (transcriber === null || this.isClosed || this.microphones.has(track.id)) return;
    const microphone = new Microphone({
      track,
      dir: options.dir,
      now: () => options.clock.now(),
      hasRoom: () => this.room.isThere,
      onRun: (run) => this.follow(transcriber.transcribe(run)),
      onError: (error) => options.onError(error, track.dialogueId),
    });
    this.microphones.set(track.id, microphone);
  }

  private end(trackId: string): void {
    const microphone = this.microphones.get(trackId);
    if (!microphone) return;
    this.microphones.delete(trackId);
    this.follow(microphone.close(this.isClosed ? 'stopped' : 'offAir'));
  }

  private readonly handlePartial = (
    { run, transcription }: ActiveRun,
    partial: { text: string; start: number } | null,
  ): void => {
    const { dialogueId, runId, bridgePointId } = run.card;
    const now = this.options.clock.now();
    if (partial === null) return this.spoken.clear(dialogueId, runId, now);
    const state = this.followed.get(dialogueId)?.state;
    const isOld = transcription.waiting > behindMs * samplesPerMs;
    if (!state || state.transcript.isMuted || run.isEnded || isOld) return;
    const line: SpokenLine = {
      runId,
      bridgePointName: state.bridgePoints.get(bridgePointId)?.name ?? '',
      isHost: bridgePointId === state.dialogue?.centralBridgePointId,
      text: partial.text,
      at: Math.round(run.clock.epochAt(partial.start)),
    };
    this.spoken.set(dialogueId, line, now);
  };

  private hushAll(dialogueId: string): void {
    const now = this.options.clock.now();
    for (const { run } of this.transcriber?.underWay(dialogueId) ?? []) {
      this.spoken.clear(dialogueId, run.card.runId, now);
    }
  }

  private tick(): void {
    const now = this.options.clock.now();
    for (const microphone of this.microphones.values()) microphone.handleTime(now);
    this.spoken.handleTime(now);
    this.ticks += 1;
    if (this.ticks % tellEvery === 0) {
      for (const [dialogueId, followed] of this.followed) {
        if (isUnderWay(followed.state) || this.owes(dialogueId)) this.tell(dialogueId, followed);
        else this.drop(dialogueId);
      }
    }
    if (this.ticks % diskEvery === 0) this.follow(this.room.look());
    this.stopTicking = this.options.clock.after(tickMs, () => this.tick());
  }

  private tell(dialogueId: string, followed: Followed): void {
    const signal = this.signalOf(dialogueId);
    const told = JSON.stringify(signal);
    if (told === followed.told) return;
    followed.told = told;
    this.options.onTranscribing(dialogueId, signal);
  }

  private signalOf(dialogueId: string): TranscribingSignal {
    const microphones = [...this.microphones.values()].filter(
      (one) => one.dialogueId === dialogueId,
    );
    const signal =
      this.transcriber?.signalOf(dialogueId, microphones.length) ??
      transcribingSignal(null, 0, [], { waiting: 0, isFailing: false });
    return this.watch?.isMissing ? { ...signal, state: 'down' } : signal;
  }

  private async settled(): Promise<void> {
    while (this.ending.size > 0) await Promise.all(this.ending);
  }

  /** Keeps what is under way until it has come to its end. */
  private follow(work: Promise<unknown>): void {
    const ending = work
      .catch((error: unknown) => this.options.onError(error, ''))
      .finally(() => this.ending.delete(ending));
    this.ending.add(ending);
  }
}

const isUnderWay = ({ dialogue }: DialogueState): boolean =>
  dialogue?.state === 'live' || dialogue?.state === 'paused';
