import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import { getDocument, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Picture } from '../dialogue/attachments/ports.ts';
import { pictureOf } from './pictures.ts';

/** A page's longer side, in pixels: A4 at 137 dots an inch, which small print needs. */
const pageSidePx = 1_600;
/** Pixels of a picture within a page; a larger one is left out. */
const maxImagePixels = 40_000_000;

const assets = new URL('../../', import.meta.resolve('pdfjs-dist/legacy/build/pdf.mjs'));
const folder = (name: string) => new URL(`${name}/`, assets).pathname;

/**
 * The first pages of a PDF as pictures: nothing in it can act any more. Throws when it cannot be
 * read, is locked by a password, or has no page.
 */
export async function readPages(bytes: Uint8Array, maxPages: number): Promise<Picture[]> {
  const loading = getDocument({
    data: new Uint8Array(bytes),
    // Fonts are drawn as shapes, and whatever the file names elsewhere is not fetched.
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    disableAutoFetch: true,
    disableStream: true,
    enableXfa: false,
    maxImageSize: maxImagePixels,
    standardFontDataUrl: folder('standard_fonts'),
    cMapUrl: folder('cmaps'),
    cMapPacked: true,
    wasmUrl: folder('wasm'),
    iccUrl: folder('iccs'),
    verbosity: 0,
  });
  const pdf = await loading.promise;
  const pictures: Picture[] = [];
  for (let number = 1; number <= Math.min(pdf.numPages, maxPages); number += 1) {
    pictures.push(await draw(await pdf.getPage(number)));
  }
  await loading.destroy();
  if (pictures.length === 0) throw new RangeError('no page');
  return pictures;
}

async function draw(page: PDFPageProxy): Promise<Picture> {
  const { width, height } = page.getViewport({ scale: 1 });
  const viewport = page.getViewport({ scale: pageSidePx / Math.max(width, height) });
  const size = [viewport.width, viewport.height].map((side) => Math.max(1, Math.round(side)));
  const [widthPx, heightPx] = size as [number, number];
  const canvas = createCanvas(widthPx, heightPx);
  const context: SKRSContext2D = canvas.getContext('2d');
  await page.render({
    canvas: canvas as never,
    canvasContext: context as never,
    viewport,
    background: '#ffffff',
  }).promise;
  const { data } = context.getImageData(0, 0, widthPx, heightPx);
  page.cleanup();
  return pictureOf(new Uint8Array(data.buffer), widthPx, heightPx);
}
