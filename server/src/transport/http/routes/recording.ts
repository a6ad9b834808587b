import type { Recordings } from '../../../dialogue/recording/ports.ts';
import { route, type Route } from '../route.ts';

/** A player asks for many small ranges of one file. */
const reads = { points: 1_200, seconds: 60 };

/** Recordings and the programme made of them. */
export function recordingRoutes(recordings: Recordings): Route[] {
  const path = '/api/dialogues/:dialogueId/recording';
  return [
    route({
      method: 'get',
      path,
      action: 'recording.list',
      handle: ({ dialogue }) => recordings.describe(dialogue()),
    }),
    route({
      method: 'post',
      path: `${path}/cut`,
      action: 'recording.cut',
      handle: ({ dialogue }) => recordings.startCut(dialogue().id),
    }),
    route({
      method: 'delete',
      path: `${path}/cut`,
      action: 'recording.cut',
      handle({ dialogue }) {
        recordings.cancelCut(dialogue().id);
        return {};
      },
    }),
    route({
      method: 'get',
      path: `${path}/files/:name`,
      action: 'recording.read',
      limit: { ...reads, key: ({ session }) => session?.id ?? '' },
      async handle({ dialogue, param, response }) {
        const file = await recordings.file(dialogue().id, param('name'));
        response.set({
          'Content-Disposition': `attachment; filename="${file.name}"`,
          'Content-Type': typeOf(file.name),
          // Strong, so that a range of one file is never put together with one of another.
          ETag: `"${file.sha256}"`,
        });
        // Ranges, conditions and 416 (RFC 9110 §14) are Express's.
        await new Promise<void>((resolve, reject) => {
          const options = { cacheControl: false, dotfiles: 'allow' } as const;
          response.sendFile(file.path, options, (error) => {
            if (!error || response.headersSent) return resolve();
            // RFC 9110 §15.5.17: the refusal says how long the file is.
            if (!isBeyondEnd(error)) return reject(error);
            response.removeHeader('Content-Disposition');
            response.status(416).set('Content-Range', `bytes */${file.bytes}`).end();
            resolve();
          });
        });
      },
    }),
  ];
}

const isBeyondEnd = (error: Error) => (error as { status?: number }).status === 416;

const types: Record<string, string> = { mp4: 'video/mp4', webm: 'video/webm', vtt: 'text/vtt' };

const typeOf = (name: string) =>
  types[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
