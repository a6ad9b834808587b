import type { RecordingSignal } from './recording.ts';
import type { HallHealth } from '../model/health.ts';
import type { HallDevices } from './health.ts';

/**
 * What is worthless a second later: never in the log, latest wins, dropped under load. Each names
 * what it is about, so that a newer one replaces it.
 */
export interface Signals {
  /** What is recorded, and what room is left for it. To the desk. */
  recording: RecordingSignal;
  /**
   * Halls whose computer is connected, and whose camera is sending. To the desk and the host.
   * `full`: these are all; else those that changed, `null` where nothing is there any more.
   */
  presence: { full: boolean; bridgePoints: Record<string, BridgePointPresence | null> };
  /**
   * What the halls' pages measured last. To the desk. `full`: these are all; else those that
   * changed, `null` where nobody measures any more.
   */
  health: { full: boolean; bridgePoints: Record<string, HallHealth | null> };
  /** The devices of the halls' computers, likewise. */
  devices: { full: boolean; bridgePoints: Record<string, HallDevices | null> };
  /** How many halls are connected. To everyone. */
  connected: { bridgePoints: number; of: number };
  /** Which entries the secretaries have open, by question: who, first come first. To the desk. */
  handling: { questions: Record<string, Handling[]> };
  /**
   * Whether this node has been without its database for so long that it has closed all microphones
   * and cannot be given any command. To everyone.
   */
  sight: { isBlind: boolean };
  /** Loudness by bridge point, dBov (RFC 6464): 0 loud, -127 silent. */
  levels: { levels: Record<string, number> };
}

export interface BridgePointPresence {
  computer: boolean;
  screens: number;
  camera: boolean;
  microphone: boolean;
}

/** One page of a secretary's that has a question open. */
export interface Handling {
  /** Tells pages of one account apart. */
  socketId: string;
  accountId: string;
  name: string;
  /** Epoch ms. */
  since: number;
}

export type SignalName = keyof Signals;

export type SignalMessage = {
  [Name in SignalName]: { dialogueId: string; name: Name; value: Signals[Name] };
}[SignalName];
