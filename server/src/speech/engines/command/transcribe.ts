import type { EngineFinal, EngineOptions } from '../../engine.ts';
import { toBytes } from '../pcm.ts';
import type { EngineLog } from '../session-core.ts';
import { type ProgramSpec, startProgram } from './program.ts';
import { parseLine } from './protocol.ts';

/** What one utterance may make a program say. */
const maxLines = 2_000;

/** Gives one utterance to a program of its own. Rejects when it ends badly or says nonsense. */
export function transcribeByProgram(
  spec: ProgramSpec,
  options: EngineOptions,
  pcm: Int16Array,
  { log, limitMs, signal }: { log: EngineLog; limitMs: number; signal: AbortSignal },
): Promise<EngineFinal[]> {
  const { promise, resolve, reject } = Promise.withResolvers<EngineFinal[]>();
  const finals: EngineFinal[] = [];
  let lines = 0;
  const stop = (error: Error) => {
    program.kill();
    reject(error);
  };
  const program = startProgram(
    spec,
    options,
    {
      handleLine(line) {
        const said = line === null ? null : parseLine(line);
        if (said === null) stop(new Error(`${spec.program}: a line that is not of the protocol`));
        else if (said.kind === 'final') finals.push(said.final);
        lines += 1;
        if (lines > maxLines) stop(new Error(`${spec.program} floods`));
      },
      handleExit: (error) => (error === null ? resolve(finals) : reject(error)),
    },
    log,
  );
  program.started.catch(reject);
  program.stdin.end(toBytes(pcm));
  const limit = setTimeout(() => stop(new Error(`${spec.program}: over ${limitMs} ms`)), limitMs);
  const abort = () => stop(new Error('nobody waits for it any more'));
  signal.addEventListener('abort', abort, { once: true });
  return promise.finally(() => {
    clearTimeout(limit);
    signal.removeEventListener('abort', abort);
  });
}
