import type { RecordingSignal } from './recording.ts';
import type { HallHealth } from '../model/health.ts';
import type { HallDevices } from './health.ts';
import type { Stenographer, TypedWords } from '../model/stenography.ts';

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
  /** Which lines of the transcript they have open, likewise. To the desk. */
  editing: { lines: Record<string, Handling[]> };
  /** Lines that are being typed, masked as captions are. To everyone. */
  typed: { lines: TypedWords[] };
  /** Pages on which captions are typed, whose turn it is or who waits for it. To the desk. */
  stenographers: { pages: Stenographer[] };
  /** What is being said, not yet final; masked as captions are. Nobody speaks: empty. To everyone. */
  speaking: { lines: SpokenLine[] };
  /** How the speech engine keeps up. To the desk. */
  transcribing: TranscribingSignal;
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

/** Unfinished words of one hall's microphone. */
export interface SpokenLine {
  /** Of the sound that they are heard in: the same until the microphone is off air. */
  runId: string;
  bridgePointName: string;
  isHost: boolean;
  text: string;
  /** When they began, epoch ms. */
  at: number;
}

export interface TranscribingSignal {
  /** Its name; `null`: this server has none. */
  engine: string | null;
  /**
   * `off`: there is no engine. `listening`: it keeps up. `behind`: it hears what was said a while
   * ago. `down`: it does not answer; what is said is kept and transcribed late.
   */
  state: 'off' | 'listening' | 'behind' | 'down';
  /** How long ago it was said what is being transcribed now, in ms. */
  behindMs: number;
  /** Microphones that are listened to. */
  runs: number;
}

/** One page of a secretary's that has a question, or a line, open. */
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
