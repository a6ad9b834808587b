import type { ErrorCode, ProtocolError } from '@nhip-cau/shared/protocol/errors';
import type { Principal } from '@nhip-cau/shared/protocol/socket';

/** A refused request. `status` 0 and `unavailable`: no answer came. */
export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly details: Record<string, unknown> | undefined;
  readonly status: number;

  constructor({ code, details }: ProtocolError, status: number) {
    super(code);
    this.name = 'ApiError';
    this.code = code;
    this.details = details;
    this.status = status;
  }
}

export interface ApiOptions {
  /** Sent as JSON; a `Blob` or `ArrayBuffer` as it is. */
  body?: unknown;
  principal?: Principal | null;
  signal?: AbortSignal;
}

const timeoutMs = 30_000;

/**
 * One request to this server's own API; `path` begins with `/api/`. Resolves to the body of the
 * answer, `undefined` when it has none. Throws `ApiError`.
 */
export async function api<T>(method: string, path: string, options: ApiOptions = {}): Promise<T> {
  const { body, principal, signal } = options;
  const raw = body instanceof Blob || body instanceof ArrayBuffer;
  const headers: Record<string, string> = {};
  // Named like `principalHeader` of the protocol, whose module carries schemas.
  if (principal) headers['x-principal'] = principal;
  if (body !== undefined && !raw) headers['content-type'] = 'application/json';
  const limit = AbortSignal.timeout(timeoutMs);
  let response: Response;
  let text: string;
  try {
    response = await fetch(path, {
      method,
      headers,
      body: body === undefined ? null : raw ? body : JSON.stringify(body),
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
      credentials: 'same-origin',
    });
    text = await response.text();
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError({ code: 'unavailable' }, 0);
  }
  if (!response.ok) throw new ApiError(refusalIn(text, response.status), response.status);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** The refusal in an answer; what stands before the server (a proxy, say) does not speak ours. */
function refusalIn(text: string, status: number): ProtocolError {
  try {
    const { error } = JSON.parse(text) as { error?: ProtocolError };
    if (error?.code) return error;
  } catch {
    // Not JSON: judged by its status alone.
  }
  return { code: status >= 500 ? 'unavailable' : 'internal' };
}
