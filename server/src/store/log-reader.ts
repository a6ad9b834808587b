import { sql } from 'kysely';
import type { EntryType, LogEntry } from '../dialogue/kernel/entries.ts';
import type { LogReader } from '../dialogue/kernel/ports.ts';
import type { Database } from './database.ts';

/** Looks entries up in the logs as they are kept. */
export function createLogReader(db: Database): LogReader {
  return {
    async readEntries<T extends EntryType>(
      dialogueId: string,
      { types, questionId }: { types?: readonly T[]; questionId?: string },
    ): Promise<LogEntry<T>[]> {
      let query = db.selectFrom('logEntry').selectAll().where('dialogueId', '=', dialogueId);
      if (types) query = query.where('type', 'in', [...types]);
      if (questionId !== undefined) {
        query = query.where(sql<string>`payload ->> 'questionId'`, '=', questionId);
      }
      return (await query.orderBy('seq').execute()) as unknown[] as LogEntry<T>[];
    },
  };
}
