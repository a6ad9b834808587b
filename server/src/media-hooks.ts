import type { Logger } from 'pino';
import type { Config } from './config.ts';
import type { MediaHooks } from './media/media-peer.ts';
import { relayFor } from './media/turn.ts';
import type { Metrics } from './telemetry/metrics.ts';
import type { Gateway } from './transport/socket/gateway.ts';
import type { SharedScreens } from './transport/socket/shared-screens.ts';

export interface MediaHookParts {
  turn: Config['media']['turn'];
  gateway: () => Gateway;
  screens: () => SharedScreens;
  metrics: Metrics;
  log: Logger;
}

/** What the media tell the sockets, and ask for. */
export function mediaHooks({ turn, gateway, screens, metrics, log }: MediaHookParts): MediaHooks {
  return {
    iceServers: ({ peerId }) =>
      turn && {
        iceServers: [relayFor(turn, peerId, Date.now())],
        iceTransportPolicy: turn.isOnlyWay ? 'relay' : 'all',
      },
    onLevels: (dialogueId, levels) =>
      gateway().shared.setLevels(
        dialogueId,
        Object.fromEntries(levels.map((level) => [level.bridgePointId, level.levelDbov])),
      ),
    onFeed: (dialogueId, bridgePointId, { screen, ...sends }) => {
      gateway().presence.setFeed(dialogueId, bridgePointId, sends);
      screens().set(dialogueId, bridgePointId, screen);
    },
    onFailure: ({ error, ...failure }) => {
      metrics.handleError('media');
      log.warn({ err: error, ...failure }, 'a part of the media failed; the rest goes on');
    },
  };
}
