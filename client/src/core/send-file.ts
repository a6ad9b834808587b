import type { UploadedBody } from '@nhip-cau/shared/protocol/http';
import type { ProtocolError } from '@nhip-cau/shared/protocol/errors';
import type { Principal } from '@nhip-cau/shared/protocol/socket';
import { ApiError } from './http.ts';

export interface SendOptions {
  principal: Principal | null;
  /** Called with the share that has left this computer, 0 to 1. */
  onProgress: (share: number) => void;
  signal: AbortSignal;
}

/** Long: a commune's line is shared by a hall, and the server makes the file anew. */
const timeoutMs = 180_000;

/**
 * Sends a file to `path`. By hand, for `fetch` does not tell how much has left already. Throws
 * `ApiError`; `unavailable` when no answer came or the signal ended it.
 */
export function sendFile(
  path: string,
  file: Blob,
  { principal, onProgress, signal }: SendOptions,
): Promise<UploadedBody> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = () => reject(new ApiError({ code: 'unavailable' }, 0));
    request.open('POST', path);
    request.timeout = timeoutMs;
    if (principal) request.setRequestHeader('x-principal', principal);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const { status, responseText } = request;
      if (status === 200) resolve(JSON.parse(responseText) as UploadedBody);
      else reject(new ApiError(refusalIn(responseText, status), status));
    };
    request.onerror = fail;
    request.ontimeout = fail;
    request.onabort = fail;
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

function refusalIn(text: string, status: number): ProtocolError {
  try {
    const { error } = JSON.parse(text) as { error?: ProtocolError };
    if (error?.code) return error;
  } catch {
    // A proxy's own words: judged by the status alone.
  }
  return { code: status === 413 ? 'too_large' : 'unavailable' };
}
