import type { EngineLog } from '../src/speech/engines/session-core.ts';

/** The engine's log for a person at a terminal: lines on standard error. */
export const terminalLog = {
  info: (fields: object, message: string) => console.error(`${message}: ${listed(fields)}`),
  warn: (fields: object, message: string) => console.error(`${message}: ${listed(fields)}`),
} as EngineLog;

const listed = (fields: object) => Object.values(fields).map(String).join(' · ');
