import type { HandFact } from '@nhip-cau/shared/protocol/facts';
import type { WaitingCommand } from '../../../core/connection/waiting-command.ts';

/** `rising` and `sinking`: given on this phone, not yet at the server. */
export interface HandView {
  state: 'down' | 'rising' | 'up' | 'sinking';
  /** The hand to lower. */
  handId: string | null;
}

/** The hand as its owner left it: the newest thing given counts over what the server last said. */
export function handView(hand: HandFact | null, waiting: readonly WaitingCommand[]): HandView {
  let view: HandView = hand ? { state: 'up', handId: hand.id } : { state: 'down', handId: null };
  for (const { name, payload } of waiting) {
    if (name === 'hand.raise') {
      const isThere = payload.handId === hand?.id;
      view = { state: isThere ? 'up' : 'rising', handId: payload.handId };
    } else if (name === 'hand.lower' && payload.handId === view.handId) {
      view = { state: 'sinking', handId: null };
    }
  }
  // What is to sink and is down already has sunk.
  return view.state === 'sinking' && !hand ? { state: 'down', handId: null } : view;
}
