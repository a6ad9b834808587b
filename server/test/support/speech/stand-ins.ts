import { fileURLToPath } from 'node:url';
import type { SpeechEngine } from '../../../src/speech/engine.ts';
import { CommandEngine } from '../../../src/speech/engines/command/engine.ts';
import type { EngineLog, EngineTimes } from '../../../src/speech/engines/session-core.ts';

/** An engine whose other side is a stand-in that understands pulses.ts. */
export interface StandIn {
  engine: SpeechEngine;
  close(): Promise<void>;
}

export interface StandInKind {
  name: string;
  /** Whether nonsense between two answers leaves the session alive. */
  outlivesNonsense: boolean;
  start(log: EngineLog, times: Partial<EngineTimes>): Promise<StandIn>;
}

const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));

const command = (wants: 'stream' | 'utterances'): StandInKind => ({
  name: `command, ${wants}`,
  outlivesNonsense: wants === 'stream',
  async start(log, times) {
    const program = process.execPath;
    const args = [pathOf('./pulse-program.ts')];
    const engine = new CommandEngine({ program, args, wants, log, times });
    return { engine, close: () => engine.close() };
  },
});

/** Every engine of the project. */
export const standIns: readonly StandInKind[] = [command('stream'), command('utterances')];
