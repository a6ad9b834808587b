import { randomUUID } from 'node:crypto';

/** A form's body (RFC 7578) and the header that goes with it. */
export interface MultipartBody {
  contentType: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Writes fields and one file as one block of bytes. (A `FormData` is streamed, and Node's fetch
 * brings the process down where the connection breaks meanwhile.) Names are ours, plain ASCII.
 */
export function toMultipart(
  fields: readonly (readonly [name: string, value: string])[],
  file: { name: string; fileName: string; type: string; bytes: Uint8Array },
): MultipartBody {
  const boundary = randomUUID();
  const head = (disposition: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; ${disposition}`;
  const plain = fields.map(([name, value]) => `${head(`name="${name}"`)}\r\n\r\n${value}\r\n`);
  const opening = `${head(`name="${file.name}"; filename="${file.fileName}"`)}\r\n`;
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    bytes: Buffer.concat([
      Buffer.from(plain.join('')),
      Buffer.from(`${opening}Content-Type: ${file.type}\r\n\r\n`),
      file.bytes,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
  };
}
