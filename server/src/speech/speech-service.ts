import { mkdir } from 'node:fs/promises';
import type { SpokenLine, TranscribingSignal } from '@nhip-cau/shared/protocol/signals';
import type { TimerClock } from '../dialogue/kernel/timer-clock.ts';
import type { DialogueState } from '../dialogue/kernel/state.ts';
import type { SpeechAudio } from '../dialogue/transcript/ports.ts';
import { sampleRate, type SpeechEngine } from './engine.ts';
import { LateRuns } from './late-runs.ts';
import { Microphone } from './microphone.ts';
import type { LineWriter, SoundTrack, TranscriptSink } from './ports.ts';
import { DiskRoom } from './spool/disk-room.ts';
import { Run } from './spool/run.ts';
import { removeRuns, type RunName, soundOf, unfinishedRuns } from './spool/shelf.ts';
import { SpokenWords } from './spoken-words.ts';
import { behindMs, transcribingSignal } from './transcribing-signal.ts';
import { Transcription } from './transcription/transcription.ts';

const samplesPerMs = sampleRate / 1_000;
const tickMs = 100;
/** The desk is told once a second, the disk is looked at every five, old sound every hour. */
const tellEvery = 10;
const diskEvery = 50;
const removeEvery = 36_000;
const dayMs = 86_400_000;

export interface SpeechServiceOptions {
  /** `null`: none; nothing is listened to then, and nothing kept. */
  engine: SpeechEngine | null;
  language: string;
  /** Where sound is kept, a folder a dialogue; it belongs to this node alone. */
  dir: string;
  keepDays: number;
  /** With fewer bytes free nothing is kept. */
  floorBytes: number;
  /** Has the tracks that come in at other nodes handed over too; gives what ends that. */
  gather: (dialogueId: string) => () => void;
  sink: TranscriptSink;
  writer: LineWriter;
  clock: TimerClock;
  onSpoken: (dialogueId: string, lines: SpokenLine[]) => void;
  /** `null`: this node does not listen to that dialogue any more. */
  onTranscribing: (dialogueId: string, signal: TranscribingSignal | null) => void;
  /** Told of what is tried again: an engine that fails, a log that takes nothing now. */
  onRetry: (error: unknown, dialogueId: string) => void;
  /** Told of what is lost: sound that cannot be kept. */
  onError: (error: unknown, dialogueId: string) => void;
  /** Bytes that a plain user may still write there. */
  freeBytes?: (dir: string) => Promise<number>;
}

/** A dialogue that is listened to here. */
interface Followed {
  state: DialogueState;
  letGo: () => void;
  /** What the desk was told last. */
  told: string;
}

/** A run on its way through the engine. */
interface Working {
  run: Run;
  transcription: Transcription;
}

/**
 * Listens to what is on air of the dialogues that are at home here, keeps it and has it transcribed:
 * at once while the engine keeps up, later where it does not, after a restart where it was left.
 */
export class SpeechService {
  /** The sound of what was said, for whoever may listen. */
  readonly audio: SpeechAudio;
  private readonly options: SpeechServiceOptions;
  private readonly followed = new Map<string, Followed>();
  private readonly onAir = new Map<string, SoundTrack>();
  private readonly microphones = new Map<string, Microphone>();
  private readonly working = new Set<Working>();
  private readonly ending = new Set<Promise<unknown>>();
  private readonly spoken: SpokenWords;
  private readonly late: LateRuns;
  private readonly room: DiskRoom;
  private ticks = 0;
  private stopTicking: (() => void) | null = null;
  private isClosed = false;

  constructor(options: SpeechServiceOptions) {
    this.options = options;
    this.room = new DiskRoom(options.dir, options.floorBytes, options.freeBytes);
    this.audio = { open: (dialogueId, runId) => soundOf(options.dir, { dialogueId, runId }) };
    this.spoken = new SpokenWords(options.onSpoken);
    this.late = new LateRuns(options.clock, (run) => this.finishLate(run));
  }

  /** Goes on with what was left unfinished, and removes what is too old. */
  async start(): Promise<void> {
    const { engine, dir, onError } = this.options;
    if (engine === null) return;
    try {
      await mkdir(dir, { recursive: true, mode: 0o700 });
      await this.room.look().catch((error: unknown) => onError(error, ''));
      await this.removeOld();
      for (const run of await unfinishedRuns(dir)) this.late.add(run);
    } catch (error) {
      onError(error, '');
    }
    this.tick();
  }

  handleTrack(track: SoundTrack): void {
    if (track.source !== 'microphone' || !/^audio\/opus$/i.test(track.codec.mimeType)) return;
    this.onAir.set(track.id, track);
    if (this.followed.has(track.dialogueId)) this.begin(track);
  }

  handleTrackEnded(id: string): void {
    this.onAir.delete(id);
    this.end(id);
  }

  /** Call after each commit while this node is the dialogue's home, and when it becomes so. */
  handleHome(state: DialogueState): void {
    const { id, dialogue } = state;
    if (this.isClosed) return;
    const isUnderWay = dialogue?.state === 'live' || dialogue?.state === 'paused';
    if (!isUnderWay) return this.drop(id);
    const known = this.followed.get(id);
    if (known) {
      known.state = state;
      if (state.transcript.isMuted) this.hushAll(id);
      return;
    }
    const letGo = this.options.engine === null ? () => {} : this.options.gather(id);
    const followed = { state, letGo, told: '' };
    this.followed.set(id, followed);
    for (const track of this.onAir.values()) if (track.dialogueId === id) this.begin(track);
    this.tell(id, followed);
  }

  /** Another node is its home now, or it is over. What was heard here is transcribed from here. */
  drop(dialogueId: string): void {
    const followed = this.followed.get(dialogueId);
    if (!followed) return;
    this.followed.delete(dialogueId);
    for (const { id, dialogueId: of } of this.onAir.values()) if (of === dialogueId) this.end(id);
    this.hushAll(dialogueId);
    followed.letGo();
    this.options.onTranscribing(dialogueId, null);
  }

  /** Makes the files whole and ends the engine's sessions; the next start goes on. Idempotent. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.stopTicking?.();
    for (const dialogueId of [...this.followed.keys()]) this.drop(dialogueId);
    for (const { transcription } of this.working) transcription.stop();
    await this.late.close();
    while (this.ending.size > 0) await Promise.all(this.ending);
    await this.options.engine?.close();
  }

  private begin(track: SoundTrack): void {
    const { engine, dir, clock, onError } = this.options;
    if (engine === null || this.isClosed || this.microphones.has(track.id)) return;
    const microphone = new Microphone({
      track,
      dir,
      now: () => clock.now(),
      hasRoom: () => this.room.isThere,
      onRun: (run) => this.follow(this.transcribe(run, engine)),
      onError: (error) => onError(error, track.dialogueId),
    });
    this.microphones.set(track.id, microphone);
  }

  private end(trackId: string): void {
    const microphone = this.microphones.get(trackId);
    if (!microphone) return;
    this.microphones.delete(trackId);
    this.follow(microphone.close(this.isClosed ? 'stopped' : 'offAir'));
  }

  /** Has a run transcribed as it grows. */
  private async transcribe(run: Run, engine: SpeechEngine): Promise<void> {
    const result = await this.work(run, engine);
    await run.close();
    if (result === 'later') this.late.add(run.card);
  }

  private async finishLate({ dialogueId, runId }: RunName): Promise<boolean> {
    const { engine, dir, onError } = this.options;
    const fail = (error: unknown) => onError(error, dialogueId);
    if (engine === null) return true;
    try {
      const run = await Run.open(dir, dialogueId, runId, fail);
      if (run === null) return true;
      const result = await this.work(run, engine);
      await run.close();
      return result === 'done';
    } catch (error) {
      // What cannot be read now will not be read later: it is not tried until the next start.
      fail(error);
      return true;
    }
  }

  private async work(run: Run, engine: SpeechEngine): Promise<'done' | 'later' | 'stopped'> {
    const { language, writer, sink, clock, onRetry } = this.options;
    const { dialogueId, runId } = run.card;
    const working: Working = {
      run,
      transcription: new Transcription({
        run,
        engine,
        language,
        writer,
        sink,
        clock,
        onPartial: (partial) => {
          if (partial) this.say(working, partial);
          else this.spoken.clear(dialogueId, runId, clock.now());
        },
        onError: (error) => onRetry(error, dialogueId),
      }),
    };
    this.working.add(working);
    if (this.isClosed) working.transcription.stop();
    try {
      return await working.transcription.work();
    } finally {
      this.working.delete(working);
    }
  }

  private say({ run, transcription }: Working, partial: { text: string; start: number }): void {
    const { dialogueId, runId, bridgePointId } = run.card;
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
    this.spoken.set(dialogueId, line, this.options.clock.now());
  }

  private hushAll(dialogueId: string): void {
    const now = this.options.clock.now();
    for (const { run } of this.working) this.spoken.clear(dialogueId, run.card.runId, now);
  }

  private tick(): void {
    const now = this.options.clock.now();
    for (const microphone of this.microphones.values()) microphone.handleTime(now);
    this.spoken.handleTime(now);
    this.ticks += 1;
    if (this.ticks % tellEvery === 0) {
      for (const [dialogueId, followed] of this.followed) this.tell(dialogueId, followed);
    }
    if (this.ticks % diskEvery === 0) this.follow(this.room.look());
    if (this.ticks % removeEvery === 0) this.follow(this.removeOld());
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
    const { engine, clock } = this.options;
    const underWay = [...this.working]
      .filter(({ run }) => run.card.dialogueId === dialogueId)
      .map(({ run, transcription }) => ({
        isEnded: run.isEnded,
        isDown: transcription.isDown,
        waitingMs: transcription.waiting / samplesPerMs,
        ageMs: clock.now() - run.clock.epochAt(run.cursor.to),
      }));
    const microphones = [...this.microphones.values()];
    return transcribingSignal(
      engine?.name ?? null,
      microphones.filter((microphone) => microphone.dialogueId === dialogueId).length,
      underWay,
      { waiting: this.late.of(dialogueId), isFailing: this.late.isFailing },
    );
  }

  private async removeOld(): Promise<void> {
    const { dir, keepDays, clock } = this.options;
    await removeRuns(dir, clock.now() - keepDays * dayMs);
  }

  /** Keeps what is under way until it has come to its end. */
  private follow(work: Promise<unknown>): void {
    const ending = work
      .catch((error: unknown) => this.options.onError(error, ''))
      .finally(() => this.ending.delete(ending));
    this.ending.add(ending);
  }
}
