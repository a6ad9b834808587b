import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import { immutable } from './compressed-assets.ts';
import { edgeOf, HeldPlaylists, isTooFar, Late, type Wanted } from './held-playlists.ts';

/** A code, and a name that the broadcast gives: nothing else of the folder is anybody's. */
const filePath =
  /^\/([A-Z0-9]{8})\/(live\.m3u8|about\.json|captions\.json|\d+(?:-\d+){0,2}\.(?:m4s|mp4))$/;
const playlistName = 'live.m3u8';
const partName = /^\d+-\d+-\d+\.m4s$/;

const types: Record<string, string> = {
  m3u8: 'application/vnd.apple.mpegurl',
  m4s: 'video/iso.segment',
  mp4: 'video/mp4',
  json: 'application/json',
};
const forEverybody = {
  'Access-Control-Allow-Origin': '*',
  'Cross-Origin-Resource-Policy': 'cross-origin',
};

/**
 * Public broadcasts from `dir`: segments and parts, whose names are never used twice, to be kept;
 * the playlist to be asked for anew, and held until it has what is asked for (RFC 8216bis §6.2.5.2).
 * Players of other sites may read them too.
 */
export function broadcastFiles(dir: string): Router {
  const router = Router();
  const held = new HeldPlaylists(dir);
  const files = express.static(dir, {
    index: false,
    redirect: false,
    cacheControl: false,
    setHeaders(response, path) {
      const type = path.slice(path.lastIndexOf('.') + 1);
      const isKept = type === 'm4s' || type === 'mp4';
      response.set({
        'Content-Type': types[type] ?? 'application/octet-stream',
        'Cache-Control': isKept ? immutable : 'no-cache',
        ...forEverybody,
      });
    },
  });
  const named: RequestHandler = async (request, response, next) => {
    const [, code, name] = filePath.exec(request.path) ?? [];
    if (code === undefined || name === undefined) return next();
    // Of what is not there yet: it may be in a moment.
    response.set('Cache-Control', 'no-store');
    if (name === playlistName) return answerPlaylist(held, code, request, response);
    if (partName.test(name)) await held.awaitPart(code, name).catch(() => {});
    files(request, response, next);
  };
  router.use('/hls', named);
  return router;
}

async function answerPlaylist(
  held: HeldPlaylists,
  code: string,
  { query }: Request,
  response: Response,
): Promise<void> {
  response.set(forEverybody);
  const wanted = wantedOf(query);
  const now = await held.read(code);
  if (now === null) return void response.status(404).type('text').send('Not found\n');
  if (wanted === 'wrong' || (wanted && isTooFar(edgeOf(now), wanted))) {
    return void response.status(400).type('text').send('Bad request\n');
  }
  try {
    const text = wanted === null ? now : await held.await(code, wanted);
    if (text === null) return void response.status(404).type('text').send('Not found\n');
    // One answer serves all who wait for the same part.
    response.set('Cache-Control', wanted === null ? 'no-cache' : 'public, max-age=1');
    response.set('Content-Type', types['m3u8']).send(text);
  } catch (error) {
    if (!(error instanceof Late)) throw error;
    response.status(503).type('text').send('Not yet\n');
  }
}

/** What the delivery directives (§6.2.5) say; `null`: nothing. */
function wantedOf(query: Request['query']): Wanted | null | 'wrong' {
  const { _HLS_msn: sequence, _HLS_part: part } = query;
  if (sequence === undefined) return part === undefined ? null : 'wrong';
  const isNumber = (value: unknown): value is string =>
    typeof value === 'string' && /^\d{1,12}$/.test(value);
  if (!isNumber(sequence) || (part !== undefined && !isNumber(part))) return 'wrong';
  return { sequence: Number(sequence), part: part === undefined ? null : Number(part) };
}
