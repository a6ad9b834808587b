import express, { type RequestHandler, Router } from 'express';
import { immutable } from './compressed-assets.ts';

/** A code, and a name that the broadcast gives: nothing else of the folder is anybody's. */
const filePath = /^\/[A-Z0-9]{8}\/(live\.m3u8|about\.json|\d+(-\d+)?\.(m4s|mp4))$/;

const types: Record<string, string> = {
  m3u8: 'application/vnd.apple.mpegurl',
  m4s: 'video/iso.segment',
  mp4: 'video/mp4',
  json: 'application/json',
};

/**
 * Public broadcasts from `dir`, as a plain web server would serve them: segments, whose names are
 * never used twice, to be kept; the playlist to be asked for anew. Players of other sites may read
 * them too.
 */
export function broadcastFiles(dir: string): Router {
  const router = Router();
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
        'Access-Control-Allow-Origin': '*',
        'Cross-Origin-Resource-Policy': 'cross-origin',
      });
    },
  });
  const named: RequestHandler = (request, response, next) =>
    filePath.test(request.path) ? files(request, response, next) : next();
  router.use('/hls', named);
  return router;
}
