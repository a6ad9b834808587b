import type { CommandEnvelope, CommandOutcome } from '@nhip-cau/shared/protocol/commands';
import type { DialogueEngine } from './engine.ts';

/** Carries out nothing: keeps what it is asked for, and answers what a test has laid ready. */
export class RecordingEngine implements DialogueEngine {
  /** What it was asked for, in order. */
  readonly sent: CommandEnvelope[] = [];
  /** The next answers; when none is left, all goes well. */
  readonly outcomes: CommandOutcome[] = [];
  /** What happens between a command and its answer. */
  onSent = (): void => {};

  execute(_actor: unknown, envelope: CommandEnvelope): Promise<CommandOutcome> {
    this.sent.push(envelope);
    this.onSent();
    return Promise.resolve(this.outcomes.shift() ?? { ok: true, seq: 1 });
  }

  read(): Promise<null> {
    return Promise.resolve(null);
  }
}
