import { findChainFault } from '../../src/dialogue/kernel/chain.ts';
import type { LogEntry } from '../../src/dialogue/kernel/entries.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createJournal } from '../../src/store/journal.ts';
import { findRowFault } from '../../src/store/verify-rows.ts';
import type { Submission } from './participants.ts';

/** What the database holds of a round, against what its clients were told. */
export interface Checked {
  /** Acknowledged, and not in the log word for word under the number that was acknowledged. */
  lost: number;
  /** In the log more than once. */
  doubled: number;
  /** In the log, and from no client. */
  unknown: number;
  /** 1 when the hash chain or the rows do not say what the log says. */
  faults: number;
}

/** Reads the dialogue's log and rows and compares them with the clients' own account. */
export async function checkRound(
  databaseUrl: string,
  dialogueId: string,
  submissions: readonly Submission[],
): Promise<Checked> {
  const db = openDatabase(databaseUrl, { maxConnections: 1 });
  try {
    const log = await createJournal(db).read(dialogueId, 0);
    const asked = log.filter((entry) => entry.type === 'question.asked');
    const byQuestion = new Map<string, LogEntry<'question.asked'>[]>();
    for (const entry of asked) {
      const { questionId } = entry.payload;
      const entries = byQuestion.get(questionId);
      if (entries) entries.push(entry);
      else byQuestion.set(questionId, [entry]);
    }
    const sent = new Set(submissions.map(({ questionId }) => questionId));
    const rowFault = await findRowFault(db, dialogueId, log);
    return {
      lost: submissions.filter(
        (one) => one.seq !== null && !isSame(one, byQuestion.get(one.questionId)?.[0]),
      ).length,
      doubled: [...byQuestion.values()].filter((entries) => entries.length > 1).length,
      unknown: [...byQuestion.keys()].filter((questionId) => !sent.has(questionId)).length,
      faults: findChainFault(log) || rowFault ? 1 : 0,
    };
  } finally {
    await db.destroy();
  }
}

function isSame(one: Submission, entry: LogEntry<'question.asked'> | undefined): boolean {
  return (
    entry?.seq === one.seq &&
    entry.commandId === one.commandId &&
    entry.payload.personId === one.personId &&
    entry.payload.text === one.text
  );
}
