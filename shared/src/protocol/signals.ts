/**
 * What is worthless a second later: never in the log, latest wins, dropped under load. Each names
 * what it is about, so that a newer one replaces it.
 */
export interface Signals {
  /** Halls whose computer is connected, and whose camera is sending. To the desk and the host. */
  presence: { bridgePoints: Record<string, BridgePointPresence> };
  /** How many halls are connected. To everyone. */
  connected: { bridgePoints: number; of: number };
  /** Loudness by bridge point, dBov (RFC 6464): 0 loud, -127 silent. */
  levels: { levels: Record<string, number> };
}

export interface BridgePointPresence {
  computer: boolean;
  screens: number;
  camera: boolean;
  microphone: boolean;
}

export type SignalName = keyof Signals;

export type SignalMessage = {
  [Name in SignalName]: { dialogueId: string; name: Name; value: Signals[Name] };
}[SignalName];
