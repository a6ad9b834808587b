import type { Lease, Leases } from '../kernel/ports.ts';
import type { DialogueState } from '../kernel/state.ts';
import { desiredStage } from './desired.ts';
import type { StageMedia } from './media-port.ts';

/**
 * Makes the media what the log says, on the one node that holds the dialogue's lease: after each
 * commit, and from the log alone after a restart. Nothing else opens or closes a microphone.
 */
export class StageReconciler {
  private readonly media: StageMedia;
  private readonly leases: Leases;
  private readonly onError: (error: unknown, dialogueId: string) => void;
  private readonly homes = new Map<string, Promise<Lease | null>>();

  constructor(
    media: StageMedia,
    leases: Leases,
    onError: (error: unknown, dialogueId: string) => void,
  ) {
    this.media = media;
    this.leases = leases;
    this.onError = onError;
  }

  /** Call after each commit, and when somebody first connects to a dialogue. */
  handleState(state: DialogueState): void {
    if (state.dialogue === null) return;
    // Read now: by the time the lease is there, the state may be a later one, which comes itself.
    const desired = state.dialogue.state === 'ended' ? null : desiredStage(state);
    this.home(state.id)
      .then((lease) => {
        if (!lease) return undefined;
        return desired === null
          ? this.media.closeDialogue(state.id)
          : this.media.reconcile(state.id, desired);
      })
      .catch((error: unknown) => this.onError(error, state.id));
  }

  async close(): Promise<void> {
    const homes = [...this.homes.values()];
    this.homes.clear();
    for (const home of homes) await (await home)?.release();
  }

  private home(dialogueId: string): Promise<Lease | null> {
    let home = this.homes.get(dialogueId);
    if (!home) {
      home = this.leases.acquire(`home:${dialogueId}`);
      this.homes.set(dialogueId, home);
      // Held elsewhere: ask again at the next commit.
      void home.then((lease) => lease ?? this.homes.delete(dialogueId));
    }
    return home;
  }
}
