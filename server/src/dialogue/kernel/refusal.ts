import type { ErrorCode, ProtocolError } from '@nhip-cau/shared/protocol/errors';

/** A typed "no": the request was understood and is not carried out. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly details: Record<string, unknown> | undefined;

  constructor(code: ErrorCode, details?: Record<string, unknown>) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.details = details;
  }

  toProtocol(): ProtocolError {
    return this.details === undefined
      ? { code: this.code }
      : { code: this.code, details: this.details };
  }
}
