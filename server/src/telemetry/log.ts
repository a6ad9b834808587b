import { type Logger, pino } from 'pino';
import type { Config } from '../config.ts';

/**
 * The program's log. Levels have a meaning (docs/operations.md): `fatal` the process ends; `error`
 * a promise was broken or an operator must act; `warn` something unexpected was handled; `info`
 * lifecycle and business events; `debug` for developers.
 */
export function createLog({ level, format }: Config['log']): Logger {
  return pino({
    level,
    redact: ['password', 'token', 'cookie', '*.password', '*.token', '*.cookie'],
    ...(format === 'pretty'
      ? {
          transport: {
            target: 'pino-pretty',
            options: { ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' },
          },
        }
      : {}),
  });
}
