import type { QuestionCodes } from '../dialogue/questions/fate.ts';
import type { Database } from './database.ts';

/** The codes of questions, from the read model. */
export function questionCodes(db: Database): QuestionCodes {
  return {
    async find(code) {
      const found = await db
        .selectFrom('question')
        .select('dialogueId')
        .where('code', '=', code)
        .executeTakeFirst();
      return found ?? null;
    },
  };
}
