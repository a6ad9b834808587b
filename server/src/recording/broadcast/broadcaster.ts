import { join } from 'node:path';
import type { DialogueState } from '../../dialogue/kernel/state.ts';
import type { Ffmpeg } from '../ffmpeg.ts';
import { HlsBroadcast } from './hls.ts';
import type { Programmes } from './programmes.ts';

export interface BroadcasterOptions {
  /** `null`: not installed; nothing is ever broadcast then. */
  ffmpeg: Ffmpeg | null;
  /** The folder that is given to everybody; a broadcast's files are in one named by its code. */
  dir: string;
  /** `null` without ffmpeg. */
  programmes: Programmes | null;
  onError: (error: unknown, dialogueId: string) => void;
}

/** Broadcasts every dialogue whose log says so. */
export class Broadcaster {
  private readonly options: BroadcasterOptions;
  private readonly broadcasts = new Map<string, HlsBroadcast>();
  private readonly closing = new Set<Promise<void>>();
  private isClosed = false;

  constructor(options: BroadcasterOptions) {
    this.options = options;
  }

  /** Call after each commit, and when somebody first connects to a dialogue. */
  handleState(state: DialogueState): void {
    const { ffmpeg, dir, onError, programmes } = this.options;
    const { dialogue } = state;
    if (dialogue === null || ffmpeg === null || programmes === null || this.isClosed) return;
    const known = this.broadcasts.get(state.id);
    if (dialogue.broadcastSince === null || dialogue.broadcastCode === null) {
      if (known) this.end(state.id, known);
      return;
    }
    if (known) {
      known.handleState(state);
      return;
    }
    const { title, organiser, broadcastCode } = dialogue;
    const broadcast = new HlsBroadcast({
      ffmpeg,
      dir: join(dir, broadcastCode),
      about: { title, organiser },
      programme: programmes.of(state),
      onError: (error) => onError(error, state.id),
    });
    this.broadcasts.set(state.id, broadcast);
    broadcast.handleState(state);
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
