import { sql } from 'kysely';
import type { EntryType, LogEntry } from '../dialogue/kernel/entries.ts';
import type { LogReader } from '../dialogue/kernel/ports.ts';
import type { Database } from './database.ts';

/** Looks entries up in the logs as they are kept. */
export function createLogReader(db: Database): LogReader {
  return {
    async readEntries<T extends EntryType>(
      dialogueId: string,
      { types, seqs }: { types?: readonly T[]; seqs?: readonly number[] },
    ): Promise<LogEntry<T>[]> {
      let query = db.selectFrom('logEntry').selectAll().where('dialogueId', '=', dialogueId);
      if (types) query = query.where('type', 'in', [...types]);
      if (seqs) query = query.where('seq', '=', sql<number>`any(${[...seqs]}::bigint[])`);
      return (await query.orderBy('seq').execute()) as unknown[] as LogEntry<T>[];
    },
  };
}
