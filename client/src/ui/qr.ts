/** A QR code's dark modules as one SVG path on a grid of `size` × `size`, quiet zone included. */
export interface QrPath {
  path: string;
  size: number;
}

/** ISO/IEC 18004 asks for four light modules around the code. */
const quietZone = 4;

/**
 * Encodes `text` with error correction M (15 % of the code may be soiled). The encoder is loaded
 * when first needed. Rejects when the text is longer than a QR code holds (2,331 bytes).
 */
export async function qrPath(text: string): Promise<QrPath> {
  const { create } = await import('qrcode');
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  let path = '';
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column)) path += `M${column + quietZone} ${row + quietZone}h1v1h-1z`;
    }
  }
  return { path, size: modules.size + 2 * quietZone };
}
