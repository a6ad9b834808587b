import { answerApart } from '../../tables/apart.ts';
import { readTable } from '../../tables/read-table.ts';
import { findAlike, type KnownQuestion, type ReadQuestion } from './alike.ts';
import { type ImportContext, parseQuestions, type ParsedQuestions } from './rows.ts';

export interface Given extends ImportContext {
  bytes: Uint8Array;
  known: KnownQuestion[];
}

export type Parsed = Omit<ParsedQuestions, 'rows'> & { rows: ReadQuestion[] };

await answerApart(async ({ bytes, known, ...context }: Given): Promise<Parsed> => {
  const parsed = parseQuestions(await readTable(bytes), context);
  return { ...parsed, rows: findAlike(parsed.rows, known) };
});
