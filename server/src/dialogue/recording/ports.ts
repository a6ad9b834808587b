import type { MediaSource } from '@nhip-cau/shared/protocol/media';
import type { CutStatus, RecordedFile, RecordingBody } from '@nhip-cau/shared/protocol/recording';
import type { DialogueState } from '../kernel/state.ts';

/** How a track's packets are coded, as in SDP (RFC 8866). */
export interface TrackCodec {
  readonly mimeType: string;
  readonly clockRate: number;
  readonly channels?: number;
  readonly payloadType: number;
  readonly parameters: Record<string, unknown>;
}

/** Packets on their way to a port of this machine; `close` is idempotent. */
export interface TrackCopy {
  requestKeyFrame(): Promise<void>;
  close(): void;
}

/** A camera, microphone or screen while it is on air once, as RTP. */
export interface OnAirTrack {
  /** The same again when the same camera is on air a second time. */
  readonly id: string;
  readonly dialogueId: string;
  readonly bridgePointId: string;
  readonly source: MediaSource;
  readonly codec: TrackCodec;
  /** Sends its packets to 127.0.0.1, beginning with a key frame. Rejects when it is gone. */
  copyTo(target: { rtpPort: number }): Promise<TrackCopy>;
}

/** Whoever wants to know what is on air: what is there now, and what comes. */
export interface OnAirListener {
  handleTrack(track: OnAirTrack): void;
  handleTrackEnded(id: string): void;
}

/** What the desk may ask of recordings; refusals as `Refusal`. */
export interface Recordings {
  /** What stands of a dialogue's recording. */
  describe(state: DialogueState): Promise<RecordingBody>;
  /** Makes the programme. Throws `recording_unavailable`, `wrong_state`, `not_found`. */
  startCut(dialogueId: string): Promise<CutStatus>;
  /** Throws `wrong_state` when none waits or runs. */
  cancelCut(dialogueId: string): void;
  /** A finished file, with its absolute path. Throws `not_found`. */
  file(dialogueId: string, name: string): Promise<RecordedFile & { path: string }>;
}

/** Where a dialogue's programme goes as one picture (VP8) and one sound (Opus, stereo), as RTP. */
export interface MixedOutput {
  picture(packet: Buffer): void;
  sound(packet: Buffer): void;
}

/** One who takes it; `close` is idempotent. */
export interface MixedTaker {
  /** Asks the camera that is shown; several at once are one. */
  requestKeyFrame(): void;
  close(): void;
}

/** Where programmes are made, each once for all who take it. */
export interface ProgrammeSource {
  /** Rejects where it cannot be made. */
  take(dialogueId: string, output: MixedOutput): Promise<MixedTaker>;
}
