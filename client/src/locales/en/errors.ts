import type { TranslationOf } from '../locale.ts';
import type vi from '../vi/errors.ts';

export default {
  already_exists: 'This is there already; it need not be sent again.',
  changed_meanwhile:
    'Somebody else has just changed this. Look at the new version, then change it.',
  code_unknown: 'The code is wrong or no longer valid. Please check each character.',
  command_id_taken: 'Somebody else has sent this request. Reload the page and try again.',
  deck_full: 'No more bridge points fit on deck. Put one of them back into the queue.',
  dialogue_not_open: 'The dialogue is not open yet or has ended, so it cannot take this.',
  disk_full:
    'The server’s disk is nearly full, so nothing can be recorded. Ask the administrator to free some space.',
  field_unknown: 'This field is no longer on the list. Choose another one.',
  file_not_allowed: 'Only pictures (JPEG, PNG, WebP) or readable PDF are taken.',
  file_unreadable: 'The file cannot be read. Use a CSV or XLSX file.',
  form_closed: 'The form for questions before the event is closed.',
  import_expired: 'The preview has expired. Upload the file again.',
  import_has_errors: 'The file has errors, so nothing was imported. Correct the lines shown.',
  internal: 'The server ran into a problem. What was saved is safe; try again in a few minutes.',
  invalid: 'What was sent is not valid. Please check it.',
  limit_reached: 'The limit is reached. Wait until some are dealt with, then try again.',
  locked_out: 'Too many wrong attempts; locked for a while. Try again in a few minutes.',
  media: {
    incompatible: 'This browser cannot take part with picture and sound.',
    limit: 'The limit of picture and sound streams is reached.',
    not_allowed: 'You may not send picture and sound here.',
    not_joined: 'Picture and sound are being connected again.',
    unknown_transport: 'The path of picture and sound has changed; connecting again.',
  },
  name_required: 'This dialogue asks for your full name.',
  not_allowed: 'You may not do this.',
  not_found: 'This cannot be found; it may have been removed or changed.',
  not_signed_in: 'Your session has ended. Sign in or join again.',
  offline:
    'Not sent: the connection is lost. The text is kept on this device and will be sent again by itself.',
  origin_refused: 'Refused, because the request did not come from the dialogue’s own page.',
  password_too_weak: 'The password is too short or too easy to guess. Choose a longer one.',
  rate_limited: 'Too fast. Please wait a moment and try again.',
  recording_unavailable:
    'ffmpeg is not installed on the server, so it can neither record nor broadcast. Ask the administrator.',
  too_large: 'This is too large.',
  unavailable: 'The server cannot be reached. Check the network and try again.',
  unexpected: 'Something unexpected went wrong. What was saved is safe; please try again.',
  unknown_command: 'This page is older than the server. Reload the page.',
  unknown_event: 'This page is older than the server. Reload the page.',
  unsupported_type: 'This kind of file or content is not supported.',
  username_taken: 'This user name is taken.',
  wrong_credentials: 'The user name or the password is wrong.',
  wrong_state: 'Something has just changed, so this is no longer possible. Please look again.',
} satisfies TranslationOf<typeof vi>;
