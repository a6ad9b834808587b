import { EventEmitter, once } from 'node:events';
import type {
  EngineFinal,
  EngineListener,
  EnginePartial,
  EngineSession,
} from '../../../src/speech/engine.ts';

/** A listener that keeps all it is told and can be waited for. */
export class EngineWitness implements EngineListener {
  readonly partials: EnginePartial[] = [];
  readonly finals: EngineFinal[] = [];
  readonly failures: Error[] = [];
  /** Up to where all is final or quiet. */
  settled = 0;
  /** How often anything was told. */
  calls = 0;
  private readonly told = new EventEmitter();

  get texts(): string[] {
    return this.finals.map(({ text }) => text);
  }

  handlePartial(partial: EnginePartial): void {
    this.partials.push(partial);
    this.note();
  }

  handleFinal(final: EngineFinal): void {
    this.finals.push(final);
    this.settled = final.end;
    this.note();
  }

  handleProgress(position: number): void {
    this.settled = position;
    this.note();
  }

  handleFailure(error: Error): void {
    this.failures.push(error);
    this.note();
  }

  /** Resolves once this holds. */
  async until(holds: (witness: this) => boolean): Promise<void> {
    while (!holds(this)) await once(this.told, 'told');
  }

  private note(): void {
    this.calls += 1;
    this.told.emit('told');
  }
}

/** Writes in pieces of `step` samples as the port asks: never when there is no room. */
export async function writeAll(
  session: EngineSession,
  pcm: Int16Array,
  step = 1_600,
): Promise<void> {
  for (let at = 0; at < pcm.length; at += step) {
    if (!session.write(pcm.subarray(at, at + step))) await session.drained();
  }
}
