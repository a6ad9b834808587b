import type { PathCounts } from './line-stats.ts';

/** The states of a transport's connection, as mediasoup-client names them. */
export type ConnectionState =
  'new' | 'connecting' | 'connected' | 'failed' | 'disconnected' | 'closed';

/** How long a disconnection or a silence may last before the paths are tried anew, in ms. */
export const disconnectedMs = 2_000;
/** How long an ICE restart may take before everything is made anew, in ms. */
export const restartMs = 5_000;

/** What came over a transport so far, and whether packets are to be expected at all. */
export interface PathReading extends PathCounts {
  /** ms on any steady clock. */
  readonly at: number;
  readonly flows: boolean;
}

export interface TransportWatch {
  handleState(state: ConnectionState): void;
  /** Call about every second. */
  handleReading(reading: PathReading): void;
  /** The network is another one: the paths are tried anew at once. */
  handleNetworkChange(): void;
  close(): void;
}

/**
 * Watches one transport: `restartIce` after 2 s of disconnection or of silence, or at once when it
 * failed or the network changed; then `giveUp`, once, when that was refused or the path shows no
 * life within 5 s. A path whose far end has nothing to say is alive by the answers to ICE's checks:
 * it gets one restart a silence, and is never given up.
 */
export function watchTransport(actions: {
  restartIce(): Promise<void>;
  giveUp(): void;
}): TransportWatch {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let restarting = false;
  let connected = false;
  let wasConnected = false;
  let ended = false;
  /** What was read when packets last came, and whether this silence had its restart. */
  let last: PathReading | undefined;
  let packetsAt = 0;
  let hadRestart = false;

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

  function recover(): void {
    restarting = false;
    clearTimeout(timer);
  }

  return {
    handleState(state) {
      if (ended) return;
      connected = state === 'connected';
      if (connected) {
        wasConnected = true;
        recover();
      } else if (state === 'failed') {
        restart();
      } else if (state === 'disconnected' && !restarting) {
        clearTimeout(timer);
        timer = setTimeout(restart, disconnectedMs);
      }
    },

    handleReading(reading) {
      if (ended) return;
      const before = last;
      last = reading;
      if (!before || reading.packets > before.packets || !reading.flows || !before.flows) {
        packetsAt = reading.at;
        hadRestart = false;
      }
      const isAlive =
        before && (reading.packets > before.packets || reading.responses > before.responses);
      // A restart of a path that never broke changes no state: its life says that it is over.
      if (restarting && connected && isAlive) recover();
      const isSilent = connected && reading.flows && reading.at - packetsAt >= disconnectedMs;
      if (!isSilent || restarting || hadRestart) return;
      hadRestart = true;
      restart();
    },

    handleNetworkChange() {
      if (wasConnected) restart();
    },

    close: end,
  };
}
