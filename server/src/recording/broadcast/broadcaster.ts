import { join } from 'node:path';
import type { DialogueState } from '../../dialogue/kernel/state.ts';
import type { OnAirListener, OnAirTrack } from '../../dialogue/recording/ports.ts';
import type { Ffmpeg } from '../ffmpeg.ts';
import { HlsBroadcast } from './hls.ts';
import type { ProgrammeStage } from './programme-feed.ts';

export interface BroadcasterOptions {
  /** `null`: not installed; nothing is ever broadcast then. */
  ffmpeg: Ffmpeg | null;
  /** The folder that is given to everybody; a broadcast's files are in one named by its code. */
  dir: string;
  onError: (error: unknown, dialogueId: string) => void;
}

/** Broadcasts every dialogue whose log says so. */
export class Broadcaster implements OnAirListener {
  private readonly options: BroadcasterOptions;
  private readonly onAir = new Map<string, OnAirTrack>();
  private readonly broadcasts = new Map<string, HlsBroadcast>();
  private readonly closing = new Set<Promise<void>>();
  private isClosed = false;

  constructor(options: BroadcasterOptions) {
    this.options = options;
  }

  handleTrack(track: OnAirTrack): void {
    this.onAir.set(track.id, track);
    if (track.source !== 'line') this.broadcasts.get(track.dialogueId)?.add(track);
  }

  handleTrackEnded(id: string): void {
    const track = this.onAir.get(id);
    this.onAir.delete(id);
    if (track) this.broadcasts.get(track.dialogueId)?.remove(id);
  }

  /** Call after each commit, and when somebody first connects to a dialogue. */
  handleState(state: DialogueState): void {
    const { ffmpeg, dir, onError } = this.options;
    const { dialogue } = state;
    if (dialogue === null || ffmpeg === null || this.isClosed) return;
    const known = this.broadcasts.get(state.id);
    if (dialogue.broadcastSince === null || dialogue.broadcastCode === null) {
      if (known) this.end(state.id, known);
      return;
    }
    const stage = stageOf(state);
    if (known) return known.setStage(stage);
    const { title, organiser, broadcastCode } = dialogue;
    const broadcast = new HlsBroadcast({
      ffmpeg,
      dir: join(dir, broadcastCode),
      about: { title, organiser },
      stage,
      onError: (error) => onError(error, state.id),
    });
    this.broadcasts.set(state.id, broadcast);
    for (const track of this.onAir.values()) {
      if (track.dialogueId === state.id && track.source !== 'line') broadcast.add(track);
    }
  }

  /** Ends the broadcast here; what another node writes goes on. */
  drop(dialogueId: string): void {
    const broadcast = this.broadcasts.get(dialogueId);
    if (broadcast) this.end(dialogueId, broadcast, false);
  }

  /** Ends all playlists. Idempotent. */
  async close(): Promise<void> {
    this.isClosed = true;
    for (const [dialogueId, broadcast] of this.broadcasts) this.end(dialogueId, broadcast);
    await Promise.all(this.closing);
  }

  private end(dialogueId: string, broadcast: HlsBroadcast, isOver = true): void {
    this.broadcasts.delete(dialogueId);
    const closing = broadcast.close(isOver).finally(() => this.closing.delete(closing));
    this.closing.add(closing);
  }
}

function stageOf({ dialogue, currentTurnId, turns }: DialogueState): ProgrammeStage {
  const centralId = dialogue?.centralBridgePointId ?? '';
  const turn = currentTurnId === null ? undefined : turns.get(currentTurnId);
  const isHeard = turn?.state === 'onAir' && turn.bridgePointId !== centralId;
  return { centralId, speakerId: isHeard ? turn.bridgePointId : null };
}
