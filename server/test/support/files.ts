import sharp from 'sharp';

/** Small files of every kind that people, and people who mean harm, send. */

const grey = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#7799aa' } });

/** A photo as a telephone takes it: lying on its side, with the place where it was taken. */
export const gpsJpeg = (width = 400, height = 300): Promise<Buffer> =>
  grey(width, height)
    .withExif({
      IFD0: { Make: 'Secret Phone' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '21/1 1/1 42/1', GPSLongitudeRef: 'E' },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();

export const png = (width = 200, height = 100): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
    .png()
    .toBuffer();

export const webp = (): Promise<Buffer> => grey(64, 48).webp().toBuffer();

/** Few bytes that say they are more pixels than any telephone takes. */
export const hugePng = (): Promise<Buffer> => grey(10_001, 10_001).png().toBuffer();

/** A document of that many pages, each with one line; it tries to run a script when opened. */
export function pdf(pages = 1, text = 'Con duong thon Dong'): Buffer {
  const content = `BT /F1 48 Tf 72 700 Td (${text}) Tj ET`;
  const kids = Array.from({ length: pages }, (_, index) => `${index + 5} 0 R`).join(' ');
  const action = '/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>';
  const objects = [
    `1 0 obj<</Type/Catalog/Pages 2 0 R${action}>>endobj`,
    `2 0 obj<</Type/Pages/Kids[${kids}]/Count ${pages}>>endobj`,
    `3 0 obj<</Length ${content.length}>>stream\n${content}\nendstream endobj`,
    '4 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj',
    ...Array.from(
      { length: pages },
      (_, index) =>
        `${index + 5} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 3 0 R` +
        '/Resources<</Font<</F1 4 0 R>>>>>>endobj',
    ),
  ];
  return Buffer.from(`%PDF-1.4\n${objects.join('\n')}\ntrailer<</Root 1 0 R>>\n%%EOF`);
}

/** A picture with a page that acts behind its end: shown as the wrong type, it would run. */
export const polyglot = async (): Promise<Buffer> =>
  Buffer.concat([await gpsJpeg(), Buffer.from('<!doctype html><script>alert(1)</script>%PDF-1.4')]);

export const html = Buffer.from('<!doctype html><script>alert(1)</script>');

/** What a picture is, and the darkest of its pixels from 0 to 255. */
export async function look(bytes: Uint8Array) {
  const picture = sharp(bytes);
  const { format, width, height, exif, orientation } = await picture.metadata();
  const { channels } = await picture.stats();
  return { format, width, height, exif, orientation, darkest: channels[0]!.min };
}
