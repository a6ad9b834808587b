import type { EngineLog } from '../../../src/speech/engines/session-core.ts';

/** A log that keeps its lines. */
export function keepLog(): EngineLog & { lines: { level: string; message: string }[] } {
  const lines: { level: string; message: string }[] = [];
  const note = (level: string) => (_fields: unknown, message?: string) =>
    void lines.push({ level, message: message ?? String(_fields) });
  return { lines, info: note('info'), warn: note('warn') } as EngineLog & { lines: typeof lines };
}
