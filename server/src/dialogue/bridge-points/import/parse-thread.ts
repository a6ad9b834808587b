import { answerApart } from '../../tables/apart.ts';
import { readTable } from '../../tables/read-table.ts';
import { parseTable } from './rows.ts';

await answerApart(async (bytes: Uint8Array) => parseTable(await readTable(bytes)));
