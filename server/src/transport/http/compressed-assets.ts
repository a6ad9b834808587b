import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { RequestHandler } from 'express';

const compress = {
  br: (content: Buffer) =>
    promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (content: Buffer) => promisify(gzip)(content, { level: 9 }),
};

const compressible = new Set(['.js', '.css', '.svg', '.json']);
const assetName = /^\/[\w-][\w.-]*$/;

/**
 * Serves scripts and styles of the build compressed, each compressed once: their names carry a hash
 * of their content, so that neither this memory nor a browser's ever has to ask again.
 */
export function compressedAssets(dir: string): RequestHandler {
  const kept = new Map<string, Promise<Buffer>>();
  return async (request, response, next) => {
    const extension = extname(request.path);
    // Asked one by one: in one question the browser's order would decide, which names gzip first.
    const encoding = (['br', 'gzip'] as const).find((name) => request.acceptsEncodings(name));
    const isAsset = assetName.test(request.path) && compressible.has(extension);
    if (!isAsset || encoding === undefined) return next();
    const key = `${encoding} ${request.path}`;
    let content = kept.get(key);
    if (content === undefined) {
      content = readFile(join(dir, request.path)).then(compress[encoding]);
      kept.set(key, content);
      content.catch(() => kept.delete(key));
    }
    try {
      const body = await content;
      response.set({ 'Content-Encoding': encoding, Vary: 'Accept-Encoding' });
      response.set('Cache-Control', immutable);
      response.type(extension).send(body);
    } catch {
      next();
    }
  };
}

export const immutable = 'public, max-age=31536000, immutable';
