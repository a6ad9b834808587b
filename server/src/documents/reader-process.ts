import { buffer } from 'node:stream/consumers';
import { packAnswer } from './answer.ts';
import { contentOf } from './content.ts';
import { readPages } from './pages.ts';
import { readPicture } from './pictures.ts';
import { unreadableExitCode } from './reader.ts';

/* One file by stdin, its pictures by stdout, and the process ends. Of a longer document the first pages. */

const maxPages = Number(process.argv[2]);

const bytes = await buffer(process.stdin);
try {
  const answer =
    contentOf(bytes) === 'pdf'
      ? { kind: 'document' as const, pages: await readPages(bytes, maxPages) }
      : { kind: 'picture' as const, pages: [await readPicture(bytes)] };
  process.stdout.write(packAnswer(answer), () => process.exit(0));
} catch {
  // Whatever a decoder says of a file that somebody sent, the file is to blame.
  process.exit(unreadableExitCode);
}
