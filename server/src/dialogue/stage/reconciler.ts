import type { DialogueState } from '../kernel/state.ts';
import { desiredStage, silenced } from './desired.ts';
import type { DesiredStage, StageMedia } from './media-port.ts';

/**
 * Makes this node's media what the log says: after each commit, whichever node made it, and from
 * the log alone after a restart. Nothing else opens or closes a microphone.
 */
export class StageReconciler {
  private readonly media: StageMedia;
  private readonly onError: (error: unknown, dialogueId: string) => void;
  private readonly stages = new Map<string, DesiredStage>();
  private isBlind = false;

  constructor(media: StageMedia, onError: (error: unknown, dialogueId: string) => void) {
    this.media = media;
    this.onError = onError;
  }

  /** Call after each commit, and when somebody first connects to a dialogue. */
  handleState(state: DialogueState): void {
    const { dialogue, id } = state;
    if (dialogue === null) return;
    if (dialogue.state === 'ended') {
      this.stages.delete(id);
      this.media.closeDialogue(id).catch((error: unknown) => this.onError(error, id));
    } else {
      this.stages.set(id, desiredStage(state));
      this.reconcile(id);
    }
  }

  /** While this node cannot read the logs, no microphone is open on it, whatever it read last. */
  setBlind(isBlind: boolean): void {
    if (isBlind === this.isBlind) return;
    this.isBlind = isBlind;
    for (const id of this.stages.keys()) this.reconcile(id);
  }

  private reconcile(id: string): void {
    const stage = this.stages.get(id)!;
    this.media
      .reconcile(id, this.isBlind ? silenced(stage) : stage)
      .catch((error: unknown) => this.onError(error, id));
  }
}
