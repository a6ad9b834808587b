import { randomUUID } from 'node:crypto';
import { mkdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { DiskStatus, RecordingSignal } from '@nhip-cau/shared/protocol/recording';
import { system } from '../dialogue/kernel/actor.ts';
import type { DialogueEngine } from '../dialogue/kernel/engine.ts';
import type { DialogueState } from '../dialogue/kernel/state.ts';
import type { OnAirListener, OnAirTrack } from '../dialogue/recording/ports.ts';
import { type DiskLimits, diskStatus } from './disk.ts';
import type { Ffmpeg } from './ffmpeg.ts';
import { TrackRecording } from './track-recording.ts';

export interface RecorderOptions {
  /** `null`: not installed; nothing is ever recorded then. */
  ffmpeg: Ffmpeg | null;
  /** Where all recordings are, a folder a dialogue. */
  dir: string;
  segmentSeconds: number;
  disk: DiskLimits;
  engine: Pick<DialogueEngine, 'execute'>;
  onSignal: (dialogueId: string, signal: Omit<RecordingSignal, 'cut'>) => void;
  onError: (error: unknown, dialogueId: string) => void;
  /** Bytes that a plain user may still write there. */
  freeBytes?: (dir: string) => Promise<number>;
  /** How often the disk is looked at, in ms. */
  watchMs?: number;
}

/** What of a dialogue the recorder has to know. */
interface Recorded {
  isOn: boolean;
  tracks: Map<string, TrackRecording>;
  /** The hall and turn on air, to name what is recorded. */
  onAir: { bridgePointId: string; turnId: string } | null;
  hallCodes: ReadonlyMap<string, { code: string }>;
}

const freeBytesOf = async (dir: string): Promise<number> => {
  const { bavail, bsize } = await statfs(dir);
  return bavail * bsize;
};

/** Where a dialogue's recording is. */
export const dialogueDir = (dir: string, dialogueId: string): string => join(dir, dialogueId);
export const tracksDir = (dir: string, dialogueId: string): string =>
  join(dialogueDir(dir, dialogueId), 'tracks');

/**
 * Copies what is on air of every dialogue that its log says is recorded, and stops before the disk
 * is full: files that are finished are worth more than the last minutes.
 */
export class Recorder implements OnAirListener {
  private readonly options: Required<RecorderOptions>;
  private readonly onAir = new Map<string, OnAirTrack>();
  private readonly dialogues = new Map<string, Recorded>();
  private readonly closing = new Set<Promise<void>>();
  private watch: NodeJS.Timeout | null = null;
  private disk: DiskStatus;
  private lookedAt = Date.now();
  private isOpen = false;
  private isClosed = false;

  constructor(options: RecorderOptions) {
    this.options = { freeBytes: freeBytesOf, watchMs: 5_000, ...options };
    this.disk = diskStatus(Number.MAX_SAFE_INTEGER, 0, options.disk);
  }

  /**
   * Makes the folder and looks at the disk for the first time. Where that cannot be, it says so to
   * `onError` and nothing is recorded: the dialogues need no recording.
   */
  async open(): Promise<void> {
    try {
      await mkdir(this.options.dir, { recursive: true, mode: 0o700 });
      await this.lookAtDisk();
    } catch (error) {
      return this.options.onError(error, '');
    }
    this.isOpen = true;
    this.watch = setInterval(() => {
      this.lookAtDisk().catch((error: unknown) => this.options.onError(error, ''));
    }, this.options.watchMs);
  }

  /** Whether there is an ffmpeg, and a folder to record to. */
  get isAvailable(): boolean {
    return this.isOpen && this.options.ffmpeg !== null;
  }

  /** What is left of the disk, as it was looked at last. */
  get diskStatus(): DiskStatus {
    return this.disk;
  }

  handleTrack(track: OnAirTrack): void {
    this.onAir.set(track.id, track);
    const dialogue = this.dialogues.get(track.dialogueId);
    if (dialogue?.isOn) this.begin(dialogue, track);
  }

  handleTrackEnded(id: string): void {
    const track = this.onAir.get(id);
    this.onAir.delete(id);
    const dialogue = track && this.dialogues.get(track.dialogueId);
    if (dialogue) this.end(dialogue, id);
  }

  /** Call after each commit, and when somebody first connects to a dialogue. */
  handleState(state: DialogueState): void {
    if (state.dialogue === null || !this.isAvailable || this.isClosed) return;
    const isOn = state.dialogue.recordingSince !== null;
    const known = this.dialogues.get(state.id);
    if (!known && !isOn) return;
    const turn = state.currentTurnId === null ? undefined : state.turns.get(state.currentTurnId);
    const dialogue: Recorded = known ?? {
      isOn: false,
      tracks: new Map(),
      onAir: null,
      hallCodes: state.bridgePoints,
    };
    this.dialogues.set(state.id, dialogue);
    dialogue.onAir = turn ? { bridgePointId: turn.bridgePointId, turnId: turn.id } : null;
    dialogue.hallCodes = state.bridgePoints;
    if (isOn === dialogue.isOn) return;
    dialogue.isOn = isOn;
    if (isOn) {
      for (const track of this.onAir.values()) {
        if (track.dialogueId === state.id) this.begin(dialogue, track);
      }
    } else {
      for (const id of dialogue.tracks.keys()) this.end(dialogue, id);
    }
    this.tell(state.id, dialogue);
  }

  /** Another node records this dialogue now: its files here are finished. */
  drop(dialogueId: string): void {
    const dialogue = this.dialogues.get(dialogueId);
    if (!dialogue) return;
    this.dialogues.delete(dialogueId);
    for (const id of dialogue.tracks.keys()) this.end(dialogue, id);
  }

  /** Resolves when the files of that dialogue that are being finished are whole. */
  async settled(): Promise<void> {
    await Promise.all(this.closing);
  }

  /** Finishes all files. Idempotent. */
  async close(): Promise<void> {
    this.isClosed = true;
    if (this.watch) clearInterval(this.watch);
    for (const dialogue of this.dialogues.values()) {
      for (const id of dialogue.tracks.keys()) this.end(dialogue, id);
    }
    await this.settled();
  }

  private begin(dialogue: Recorded, track: OnAirTrack): void {
    const { ffmpeg, dir, segmentSeconds, onError } = this.options;
    // A private line is nobody's record.
    if (ffmpeg === null || track.source === 'line' || dialogue.tracks.has(track.id)) return;
    const { dialogueId, bridgePointId } = track;
    const { onAir, hallCodes } = dialogue;
    const recording = new TrackRecording({
      ffmpeg,
      tracksDir: tracksDir(dir, dialogueId),
      track,
      hallCode: hallCodes.get(bridgePointId)?.code ?? bridgePointId,
      turnId: onAir?.bridgePointId === bridgePointId ? onAir.turnId : null,
      segmentSeconds,
      onFailure: (error) => onError(error, dialogueId),
    });
    dialogue.tracks.set(track.id, recording);
    this.tell(dialogueId, dialogue);
  }

  private end(dialogue: Recorded, id: string): void {
    const recording = dialogue.tracks.get(id);
    if (!recording) return;
    dialogue.tracks.delete(id);
    const { dialogueId } = recording.track;
    const closing = recording
      .close()
      .catch((error: unknown) => this.options.onError(error, dialogueId))
      .then(() => void this.closing.delete(closing));
    this.closing.add(closing);
    this.tell(dialogueId, dialogue);
  }

  private async lookAtDisk(): Promise<void> {
    const { dir, disk, freeBytes } = this.options;
    const free = await freeBytes(dir);
    const now = Date.now();
    const seconds = Math.max((now - this.lookedAt) / 1_000, 0.001);
    this.lookedAt = now;
    let bytes = 0;
    for (const { tracks } of this.dialogues.values()) {
      for (const recording of tracks.values()) bytes += recording.takeBytes();
    }
    this.disk = diskStatus(free, Math.round(bytes / seconds), disk);
    for (const [dialogueId, dialogue] of this.dialogues) {
      this.tell(dialogueId, dialogue);
      if (this.disk.level === 'full' && dialogue.isOn) await this.stop(dialogueId);
    }
  }

  private async stop(dialogueId: string): Promise<void> {
    const outcome = await this.options.engine.execute(system, {
      commandId: randomUUID(),
      dialogueId,
      name: 'recording.stop',
      payload: { reason: 'diskFull' },
    });
    // Stopped meanwhile by a person: all the better.
    if (!outcome.ok && outcome.error.code !== 'wrong_state') {
      throw new Error(`the recording could not be stopped: ${outcome.error.code}`);
    }
  }

  private tell(dialogueId: string, dialogue: Recorded): void {
    const tracks = [...dialogue.tracks.values()].map(({ track, since, isWriting }) => {
      const { bridgePointId, source } = track;
      return { bridgePointId, source, since, isWriting };
    });
    this.options.onSignal(dialogueId, { disk: this.disk, tracks });
  }
}
