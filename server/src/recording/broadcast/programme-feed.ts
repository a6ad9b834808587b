import type dgram from 'node:dgram';
import type { OnAirTrack, TrackCodec, TrackCopy } from '../../dialogue/recording/ports.ts';
import { bindLoopback } from '../ffmpeg-input.ts';
import { beginsKeyFrame, readRtp, withoutVp8Extension } from '../rtp.ts';
import { RtpLane } from './rtp-lane.ts';

export const pictureCodec: TrackCodec = {
  mimeType: 'video/VP8',
  clockRate: 90_000,
  payloadType: 96,
  parameters: {},
};
export const soundCodec: TrackCodec = {
  mimeType: 'audio/opus',
  clockRate: 48_000,
  channels: 2,
  payloadType: 97,
  parameters: {},
};

/** A packet of 20 ms in which nothing is heard (RFC 6716 §3.1: CELT, one frame, stereo). */
const silence = Buffer.from([0xfc, 0xff, 0xfe]);
const tickMs = 20;
/** What is not there by then is filled: a line may be late by that much. */
const lateMs = 80;
/** A camera that sends nothing for that long is replaced by the card. */
const stillMs = 1_500;
const cardEveryMs = 500;
const keyFrameRetryMs = 700;

/** Where the three streams of the programme go, as RTP; after a restart one sender report each. */
export interface FeedOutput {
  picture: (packet: Buffer) => void;
  speaker: (packet: Buffer) => void;
  host: (packet: Buffer) => void;
}

interface Copied {
  track: OnAirTrack;
  isCostly: boolean;
  socket: dgram.Socket | null;
  copy: TrackCopy | null;
  isClosed: boolean;
}

/** Who is to be seen and heard now. */
export interface ProgrammeStage {
  centralId: string;
  speakerId: string | null;
}

/**
 * The programme as three streams that never break, whoever speaks: one picture, the speaker's sound
 * and the head table's. Another camera is taken at its first key frame; until then the one before
 * stays. What is missing is filled with silence, and with a card.
 */
export class ProgrammeFeed {
  private readonly output: FeedOutput;
  private readonly card: readonly Buffer[];
  private readonly onError: (error: unknown) => void;
  private readonly copied = new Map<string, Copied>();
  private readonly picture: RtpLane;
  private readonly sounds: { speaker: RtpLane; host: RtpLane };
  /** When the timestamps of all streams were 0, epoch ms. */
  readonly startedAt = Date.now();
  private readonly timer: NodeJS.Timeout;
  private stage: ProgrammeStage;
  private shownId: string | null = null;
  private pictureAt = 0;
  private cardAt = 0;
  private askedAt = 0;

  constructor(
    stage: ProgrammeStage,
    card: readonly Buffer[],
    output: FeedOutput,
    onError: (error: unknown) => void,
  ) {
    this.stage = stage;
    this.card = card;
    this.output = output;
    this.onError = onError;
    this.picture = new RtpLane({ ...pictureCodec, ssrc: 1 }, this.startedAt);
    this.sounds = {
      speaker: new RtpLane({ ...soundCodec, ssrc: 2 }, this.startedAt),
      host: new RtpLane({ ...soundCodec, ssrc: 3 }, this.startedAt),
    };
    this.timer = setInterval(() => this.fill(Date.now()), tickMs);
  }

  setStage(stage: ProgrammeStage): void {
    this.stage = stage;
  }

  /** `isCostly`: it is copied only while it is wanted or shown. */
  add(track: OnAirTrack, isCostly = false): void {
    const none = { socket: null, copy: null, isClosed: true };
    this.copied.set(track.id, { track, isCostly, ...none });
    if (!isCostly) this.copy(track.id);
  }

  remove(id: string): void {
    const copied = this.copied.get(id);
    if (!copied) return;
    this.copied.delete(id);
    this.endCopy(copied);
  }

  /** Says each stream's clock to one output (RFC 3550 §6.4.1), so that it can lay them side by side. */
  restart(output: FeedOutput): void {
    const now = Date.now();
    output.picture(this.picture.report(now));
    output.speaker(this.sounds.speaker.report(now));
    output.host(this.sounds.host.report(now));
    this.requestKeyFrame();
  }

  /** Of the camera that is shown; where none is, the card comes again soon. */
  requestKeyFrame(): void {
    const copied = this.shownId === null ? undefined : this.copied.get(this.shownId);
    if (copied) this.askKeyFrame(copied);
  }

  close(): void {
    clearInterval(this.timer);
    for (const id of this.copied.keys()) this.remove(id);
  }

  private copy(id: string): void {
    const { track, isCostly } = this.copied.get(id)!;
    const copied: Copied = { track, isCostly, socket: null, copy: null, isClosed: false };
    this.copied.set(id, copied);
    this.open(copied).catch((error: unknown) => {
      if (!copied.isClosed) this.onError(error);
    });
  }

  private endCopy(copied: Copied): void {
    if (copied.isClosed) return;
    copied.isClosed = true;
    copied.copy?.close();
    copied.socket?.close();
  }

  private copyWhatIsWanted(): void {
    const wanted = this.wantedPicture();
    for (const copied of [...this.copied.values()].filter(({ isCostly }) => isCostly)) {
      const { id } = copied.track;
      if (id !== wanted && id !== this.shownId) this.endCopy(copied);
      else if (copied.isClosed) this.copy(id);
    }
  }

  private async open(copied: Copied): Promise<void> {
    const { socket, port } = await bindLoopback();
    if (copied.isClosed) return void socket.close();
    copied.socket = socket;
    socket.on('message', (packet) => this.handlePacket(copied, packet, Date.now()));
    const copy = await copied.track.copyTo({ rtpPort: port });
    if (copied.isClosed) return copy.close();
    copied.copy = copy;
  }

  private askKeyFrame({ copy }: Copied): void {
    copy?.requestKeyFrame().catch(() => {
      // Off air meanwhile; another picture is wanted then.
    });
  }

  private handlePacket(copied: Copied, packet: Buffer, now: number): void {
    const { track } = copied;
    const isHosts = track.bridgePointId === this.stage.centralId;
    if (track.source === 'microphone') {
      if (!isHosts && track.bridgePointId !== this.stage.speakerId) return;
      const lane = isHosts ? 'host' : 'speaker';
      const made = this.sounds[lane].take(packet, track.id, now);
      if (made) this.output[lane](made);
      return;
    }
    const wanted = this.wantedPicture();
    if (track.id === wanted && track.id !== this.shownId) {
      const payloadAt = readRtp(packet)?.payloadAt;
      if (payloadAt === undefined) return;
      if (!beginsKeyFrame(track.codec.mimeType, packet, payloadAt)) {
        if (now - this.askedAt > keyFrameRetryMs) {
          this.askedAt = now;
          this.askKeyFrame(copied);
        }
        return;
      }
      this.shownId = track.id;
    }
    if (track.id !== this.shownId) return;
    const made = this.picture.take(withoutVp8Extension(packet), track.id, now);
    if (!made) return;
    this.pictureAt = now;
    this.output.picture(made);
  }

  /** What is shown comes before who speaks, and that before the head table. */
  private wantedPicture(): string | null {
    const { centralId, speakerId } = this.stage;
    const tracks = [...this.copied.values()]
      .map(({ track }) => track)
      .filter(({ codec }) => codec.mimeType.toLowerCase() === 'video/vp8');
    const find = (hall: string | null, source: string) =>
      tracks.find((track) => track.source === source && track.bridgePointId === hall)?.id;
    return (
      find(centralId, 'screen') ?? find(speakerId, 'camera') ?? find(centralId, 'camera') ?? null
    );
  }

  private fill(now: number): void {
    this.copyWhatIsWanted();
    const dueMs = now - this.startedAt - lateMs;
    for (const name of ['speaker', 'host'] as const) {
      const lane = this.sounds[name];
      while (lane.reachedMs + tickMs <= dueMs) {
        this.output[name](lane.fill(silence, lane.reachedMs + tickMs, false));
      }
    }
    const isStill = now - this.pictureAt > stillMs;
    if (!isStill || now - this.cardAt < cardEveryMs) return;
    this.cardAt = now;
    // A camera that comes back begins with a key frame again.
    this.shownId = null;
    for (const [index, payload] of this.card.entries()) {
      const isLast = index === this.card.length - 1;
      this.output.picture(this.picture.fill(payload, now - this.startedAt, isLast));
    }
  }
}
