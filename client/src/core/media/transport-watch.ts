/** The states of a transport's connection, as mediasoup-client names them. */
export type ConnectionState =
  'new' | 'connecting' | 'connected' | 'failed' | 'disconnected' | 'closed';

/** How long a disconnection may last before the paths are tried anew, in ms. */
export const disconnectedMs = 2_000;
/** How long an ICE restart may take before everything is made anew, in ms. */
export const restartMs = 5_000;

export interface TransportWatch {
  handleState(state: ConnectionState): void;
  close(): void;
}

/**
 * Watches one transport: `restartIce` after 2 s of disconnection or at once when it failed, then
 * `giveUp`, once, when that did not connect it in 5 s or was refused.
 */
export function watchTransport(actions: {
  restartIce(): Promise<void>;
  giveUp(): void;
}): TransportWatch {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let restarting = false;
  let ended = false;

  function end(): void {
    ended = true;
    clearTimeout(timer);
  }

  function giveUp(): void {
    if (ended) return;
    end();
    actions.giveUp();
  }

  function restart(): void {
    if (restarting || ended) return;
    restarting = true;
    clearTimeout(timer);
    timer = setTimeout(giveUp, restartMs);
    actions.restartIce().catch(giveUp);
  }

  return {
    handleState(state) {
      if (ended) return;
      if (state === 'connected') {
        restarting = false;
        clearTimeout(timer);
      } else if (state === 'failed') {
        restart();
      } else if (state === 'disconnected' && !restarting) {
        clearTimeout(timer);
        timer = setTimeout(restart, disconnectedMs);
      }
    },
    close: end,
  };
}
