import { join } from 'node:path';
import express, { type RequestHandler, Router } from 'express';
import { compressedAssets, immutable } from './compressed-assets.ts';

/** The three pages, each with the addresses that it answers to. */
const pages: Record<string, string[]> = {
  'desk.html': ['/desk', '/desk/*rest'],
  'screen.html': ['/screen', '/screen/*rest'],
  'phone.html': [
    '/j/:code',
    '/phone',
    '/phone/*rest',
    '/form/:dialogueId',
    '/tra-cuu',
    '/tra-cuu/:code',
  ],
  'watch.html': ['/xem/:code'],
};

/** Short addresses, printed and read out. */
const shortcuts: Record<string, string> = {
  '/': '/desk/',
  '/pair': '/desk/pair',
  '/hall/:bridgePointId': '/desk/hall/:bridgePointId',
};

/** Serves the built client from `dir`; says so in plain words while it is not built. */
export function servePages(dir: string): Router {
  const router = Router();
  router.use(
    '/assets',
    compressedAssets(join(dir, 'assets')),
    express.static(join(dir, 'assets'), {
      index: false,
      redirect: false,
      setHeaders: (response) => response.set('Cache-Control', immutable),
    }),
  );
  router.get('/push-worker.js', worker(dir));
  for (const [from, to] of Object.entries(shortcuts)) {
    router.get(from, ({ params, originalUrl }, response) => {
      const bridgePointId = encodeURIComponent(String(params['bridgePointId'] ?? ''));
      const query = originalUrl.includes('?') ? originalUrl.slice(originalUrl.indexOf('?')) : '';
      response.redirect(to.replace(':bridgePointId', bridgePointId) + query);
    });
  }
  for (const [file, paths] of Object.entries(pages)) router.get(paths, page(dir, file));
  return router;
}

/** Asked for anew each time: it has no hash in its name, and browsers keep a worker for long. */
function worker(dir: string): RequestHandler {
  return (_request, response, next) => {
    const headers = { 'Cache-Control': 'no-cache' };
    response.sendFile('push-worker.js', { root: dir, headers, cacheControl: false }, (error) => {
      if (error && !response.headersSent) next();
    });
  };
}

function page(dir: string, file: string): RequestHandler {
  return (_request, response, next) => {
    // The page names the assets of its build: an old one must not come out of a cache.
    const headers = { 'Cache-Control': 'no-store' };
    response.sendFile(file, { root: dir, headers, cacheControl: false, etag: false }, (error) => {
      if (!error) return;
      if (response.headersSent) return next(error);
      response.status(503).type('text').send('The client is not built: run "npm run build".\n');
    });
  };
}
