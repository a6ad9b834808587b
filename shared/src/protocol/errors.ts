/**
 * Every refusal that a client can get: its HTTP status, and whether the same request may succeed
 * later (`retry`). Words for people are in the client's locales under `errors`.
 */
export const errorCodes = {
  // the request itself
  invalid: { status: 400, retry: false },
  unknown_command: { status: 400, retry: false },
  unknown_event: { status: 400, retry: false },
  too_large: { status: 413, retry: false },
  unsupported_type: { status: 415, retry: false },
  rate_limited: { status: 429, retry: true },
  origin_refused: { status: 403, retry: false },

  // who asks
  not_signed_in: { status: 401, retry: false },
  wrong_credentials: { status: 401, retry: false },
  locked_out: { status: 423, retry: true },
  not_allowed: { status: 403, retry: false },
  code_unknown: { status: 404, retry: false },
  password_too_weak: { status: 422, retry: false },
  name_required: { status: 422, retry: false },
  username_taken: { status: 409, retry: false },

  // what it is about
  not_found: { status: 404, retry: false },
  wrong_state: { status: 409, retry: false },
  dialogue_not_open: { status: 409, retry: false },
  deck_full: { status: 409, retry: false },
  field_unknown: { status: 422, retry: false },
  already_exists: { status: 409, retry: false },
  command_id_taken: { status: 409, retry: false },
  import_has_errors: { status: 422, retry: false },
  import_expired: { status: 410, retry: false },
  file_unreadable: { status: 422, retry: false },
  limit_reached: { status: 409, retry: false },
  changed_meanwhile: { status: 409, retry: false },
  file_not_allowed: { status: 422, retry: false },
  form_closed: { status: 409, retry: false },

  // media
  'media.not_joined': { status: 409, retry: true },
  'media.not_allowed': { status: 403, retry: false },
  'media.unknown_transport': { status: 404, retry: true },
  'media.incompatible': { status: 422, retry: false },
  'media.limit': { status: 409, retry: false },

  // recording
  recording_unavailable: { status: 409, retry: false },
  disk_full: { status: 409, retry: true },

  // the server
  unavailable: { status: 503, retry: true },
  internal: { status: 500, retry: true },
} as const satisfies Record<string, { status: number; retry: boolean }>;

export type ErrorCode = keyof typeof errorCodes;

/** A refusal as it goes over the wire. `details` name what was wrong, never what is secret. */
export interface ProtocolError {
  code: ErrorCode;
  details?: Record<string, unknown>;
}
