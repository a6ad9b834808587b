import type { MicrophoneState } from '@nhip-cau/shared/protocol/media';
import type { Sending } from '../../../../../composables/usePublisher.ts';

/** What the head table's own camera and microphone are, as their control says it. */
export type CentralState =
  'off' | 'starting' | 'replaced' | 'noMicrophone' | 'muted' | 'closed' | 'open';

/** `open` only when every hall can hear the table: sent, not muted here, opened by the server. */
export function centralState(feed: {
  sending: Sending;
  hasMicrophone: boolean;
  muted: boolean;
  microphone: MicrophoneState;
}): CentralState {
  if (feed.sending !== 'on') return feed.sending;
  if (!feed.hasMicrophone) return 'noMicrophone';
  if (feed.muted) return 'muted';
  return feed.microphone;
}
