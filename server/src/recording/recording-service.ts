import type { CommandEnvelope } from '@nhip-cau/shared/protocol/commands';
import type { ProtocolError } from '@nhip-cau/shared/protocol/errors';
import type {
  CutStatus,
  RecordingBody,
  RecordingSignal,
} from '@nhip-cau/shared/protocol/recording';
import type { DialogueEngine } from '../dialogue/kernel/engine.ts';
import type { LogReader } from '../dialogue/kernel/ports.ts';
import type { DialogueState } from '../dialogue/kernel/state.ts';
import type { Bus, Leases } from '../dialogue/nodes/ports.ts';
import type {
  OnAirListener,
  OnAirTrack,
  ProgrammeSource,
  Recordings,
} from '../dialogue/recording/ports.ts';
import { Broadcaster } from './broadcast/broadcaster.ts';
import { MixedProgramme } from './broadcast/mixed-programme.ts';
import { Programmes } from './broadcast/programmes.ts';
import { CutService } from './cut/cut-service.ts';
import type { DiskLimits } from './disk.ts';
import { type Ffmpeg, installFfmpeg } from './ffmpeg.ts';
import { readTracks } from './library.ts';
import { Recorder, tracksDir } from './recorder.ts';

export interface RecordingServiceOptions {
  /** `null`: not installed. */
  ffmpeg: Ffmpeg | null;
  dir: string;
  segmentSeconds: number;
  disk: DiskLimits;
  /** What anybody can watch. */
  broadcastDir: string;
  engine: DialogueEngine;
  logReader: LogReader;
  leases: Leases;
  bus: Pick<Bus, 'isUp' | 'publish' | 'subscribe'>;
  /** Has the tracks that come in at other nodes handed over too; gives what ends that. */
  gather: (dialogueId: string) => () => void;
  onSignal: (dialogueId: string, signal: RecordingSignal) => void;
  onError: (error: unknown, dialogueId: string) => void;
}

/** Recordings and the programmes that are made of them, as one part of the server. */
export class RecordingService implements Recordings, OnAirListener {
  private readonly options: RecordingServiceOptions;
  private readonly recorder: Recorder;
  private readonly cuts: CutService;
  private readonly broadcaster: Broadcaster;
  private readonly programmes: Programmes | null;
  /** Dialogues of which all nodes' tracks are written here, and what ends that. */
  private readonly gathered = new Map<string, () => void>();
  private readonly writing = new Map<string, Pick<RecordingSignal, 'tracks'>>();

  constructor(options: RecordingServiceOptions) {
    this.options = options;
    this.recorder = new Recorder({
      ...options,
      onSignal: (dialogueId, { tracks }) => {
        this.writing.set(dialogueId, { tracks });
        this.tell(dialogueId);
      },
    });
    const { ffmpeg, broadcastDir: dir, onError } = options;
    this.programmes = ffmpeg && new Programmes({ ffmpeg, onError });
    const { programmes } = this;
    this.broadcaster = new Broadcaster({ ffmpeg, dir, programmes, onError });
    this.cuts = new CutService({ ...options, onStatus: (dialogueId) => this.tell(dialogueId) });
  }

  async open(): Promise<void> {
    await this.recorder.open();
    await this.cuts.open();
  }

  handleTrack(track: OnAirTrack): void {
    this.recorder.handleTrack(track);
    this.programmes?.handleTrack(track);
  }

  handleTrackEnded(id: string): void {
    this.recorder.handleTrackEnded(id);
    this.programmes?.handleTrackEnded(id);
  }

  /** Call after each commit, and when somebody first connects to a dialogue. */
  handleState(state: DialogueState): void {
    this.programmes?.handleState(state);
  }

  /** The same, on the dialogue's home alone: one node writes what all of them carry. */
  handleHome(state: DialogueState): void {
    const { id, dialogue } = state;
    const isWritten = dialogue && (dialogue.recordingSince ?? dialogue.broadcastSince) !== null;
    if (!isWritten) this.letGo(id);
    else if (!this.gathered.has(id)) this.gathered.set(id, this.options.gather(id));
    this.recorder.handleState(state);
    this.broadcaster.handleState(state);
  }

  /** The programmes, for whoever plays them; `null` without ffmpeg. */
  get programmeSource(): ProgrammeSource | null {
    const { programmes } = this;
    if (programmes === null) return null;
    return {
      take: async (dialogueId, output) => {
        const state = await this.options.engine.read(dialogueId);
        if (!state) throw new Error('no such dialogue');
        const letGo = this.options.gather(dialogueId);
        try {
          const taker = await MixedProgramme.take(programmes.of(state), output);
          const close = () => {
            taker.close();
            letGo();
          };
          return { ...taker, close };
        } catch (error) {
          letGo();
          throw error;
        }
      },
    };
  }

  /** Another node is the dialogue's home now. */
  drop(dialogueId: string): void {
    this.recorder.drop(dialogueId);
    this.broadcaster.drop(dialogueId);
    this.letGo(dialogueId);
  }

  /** Why the command must not reach the dialogue, for what its log does not know; `null`: nothing. */
  objection({ name }: CommandEnvelope): Promise<ProtocolError> | null {
    if (name !== 'recording.start' && name !== 'broadcast.start') return null;
    if (this.options.ffmpeg === null) {
      const details = { install: installFfmpeg };
      return Promise.resolve({ code: 'recording_unavailable', details });
    }
    if (name === 'recording.start' && !this.recorder.isAvailable) {
      return Promise.resolve({ code: 'recording_unavailable' });
    }
    const isFull = this.recorder.diskStatus.level === 'full';
    return isFull ? Promise.resolve({ code: 'disk_full' }) : null;
  }

  async describe(state: DialogueState): Promise<RecordingBody> {
    const { ffmpeg, dir } = this.options;
    const tracks = await readTracks(tracksDir(dir, state.id), null);
    return {
      missing: ffmpeg === null ? { program: 'ffmpeg', install: installFfmpeg } : null,
      disk: this.recorder.diskStatus,
      tracks: tracks.map(({ id, bridgePointId, source, startedAt, segments, bytes }) => ({
        id,
        bridgePointId,
        bridgePointName: state.bridgePoints.get(bridgePointId)?.name ?? '',
        source,
        startedAt,
        durationMs: segments.at(-1)?.endMs ?? 0,
        bytes,
        segments: segments.length,
      })),
      cut: this.cuts.status(state.id),
      ...(await this.cuts.programme(state.id)),
    };
  }

  startCut(dialogueId: string): Promise<CutStatus> {
    return this.cuts.start(dialogueId);
  }

  cancelCut(dialogueId: string): void {
    this.cuts.cancel(dialogueId);
  }

  file(dialogueId: string, name: string) {
    return this.cuts.file(dialogueId, name);
  }

  /** Finishes the files of what is recorded; a programme is gone on with by the next server. */
  async close(): Promise<void> {
    await Promise.all([this.recorder.close(), this.broadcaster.close(), this.cuts.close()]);
    this.programmes?.close();
    for (const dialogueId of this.gathered.keys()) this.letGo(dialogueId);
  }

  private letGo(dialogueId: string): void {
    this.gathered.get(dialogueId)?.();
    this.gathered.delete(dialogueId);
  }

  private tell(dialogueId: string): void {
    const tracks = this.writing.get(dialogueId)?.tracks ?? [];
    const cut = this.cuts.status(dialogueId);
    this.options.onSignal(dialogueId, { disk: this.recorder.diskStatus, tracks, cut });
  }
}
