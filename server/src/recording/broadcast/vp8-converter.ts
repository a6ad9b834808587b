import type dgram from 'node:dgram';
import type { OnAirTrack, TrackCopy } from '../../dialogue/recording/ports.ts';
import { bindLoopback, FfmpegInput, freePorts } from '../ffmpeg-input.ts';
import { type Ffmpeg, type Running, startFfmpeg } from '../ffmpeg.ts';
import { readRtp } from '../rtp.ts';
import { sdpOf } from '../sdp.ts';
import { pauseMs } from '../track-recording.ts';
import { pictureCodec } from './programme-feed.ts';

const goodRunMs = 10_000;

export const isH264 = ({ codec }: OnAirTrack): boolean =>
  codec.mimeType.toLowerCase() === 'video/h264';

/**
 * A camera that sends H.264, as hardware encoders do, in VP8: the programme's pictures have to be of
 * one kind. Each copy of it costs an ffmpeg, so it is to be taken only while it is shown.
 */
export function inVp8(
  track: OnAirTrack,
  ffmpeg: Ffmpeg,
  onError: (error: unknown) => void,
): OnAirTrack {
  const { id, dialogueId, bridgePointId, source } = track;
  return {
    id,
    dialogueId,
    bridgePointId,
    source,
    codec: pictureCodec,
    copyTo: ({ rtpPort }) => Conversion.open({ track, ffmpeg, onError, rtpPort }),
  };
}

interface ConversionOptions {
  track: OnAirTrack;
  ffmpeg: Ffmpeg;
  onError: (error: unknown) => void;
  rtpPort: number;
}

/** One camera's packets through one ffmpeg after another, until it is closed. */
class Conversion implements TrackCopy {
  private readonly options: ConversionOptions;
  private readonly socket: dgram.Socket;
  private copy: TrackCopy | null = null;
  private input: FfmpegInput | null = null;
  private running: Running | null = null;
  private failures = 0;
  private pausing: NodeJS.Timeout | null = null;
  private isClosed = false;

  private constructor(options: ConversionOptions, socket: dgram.Socket) {
    this.options = options;
    this.socket = socket;
    socket.on('message', (packet) => {
      // Its RTCP would be taken for pictures: ffmpeg expects that at another port.
      if (readRtp(packet) !== null) this.input?.send(packet);
    });
  }

  static async open(options: ConversionOptions): Promise<Conversion> {
    const { socket, port } = await bindLoopback();
    const conversion = new Conversion(options, socket);
    try {
      await conversion.start();
      conversion.copy = await options.track.copyTo({ rtpPort: port });
    } catch (error) {
      conversion.close();
      throw error;
    }
    return conversion;
  }

  /** The camera is asked; what is coded here has one each second anyway. */
  async requestKeyFrame(): Promise<void> {
    await this.copy?.requestKeyFrame();
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    if (this.pausing) clearTimeout(this.pausing);
    this.copy?.close();
    this.socket.close();
    this.input?.close();
    this.running?.child.kill('SIGKILL');
  }

  private async start(): Promise<void> {
    const { ffmpeg, track, rtpPort } = this.options;
    const [port] = await freePorts(1);
    if (this.isClosed) return;
    const startedAt = Date.now();
    this.running = startFfmpeg(ffmpeg.ffmpeg, converterArguments(rtpPort), { cwd: '/' });
    this.running.child.stdin.end(sdpOf([{ port: port!, codec: track.codec }]));
    void this.running.ended.then(({ words }) => this.handleEnded(startedAt, words));
    const input = await FfmpegInput.open(port!);
    if (this.isClosed) return input.close();
    this.input?.close();
    this.input = input;
    this.copy?.requestKeyFrame().catch(() => {
      // Off air meanwhile: its end closes this one.
    });
  }

  private handleEnded(startedAt: number, words: string): void {
    if (this.isClosed) return;
    // Where nothing comes for a while, ffmpeg ends by itself: that is no failure.
    const isSilent = /timed out/.test(words);
    if (!isSilent) this.options.onError(new Error(`a camera's ffmpeg ended: ${words}`));
    this.failures = Date.now() - startedAt > goodRunMs ? 1 : this.failures + 1;
    this.startLater();
  }

  private startLater(): void {
    if (this.isClosed) return;
    this.pausing = setTimeout(() => {
      this.start().catch((error: unknown) => {
        this.options.onError(error);
        this.failures += 1;
        this.startLater();
      });
    }, pauseMs(this.failures)).unref();
  }
}

/** In real time, on two threads at the most, and never larger than the programme (720p). */
const converterArguments = (rtpPort: number): string[] => [
  ...['-protocol_whitelist', 'pipe,rtp,udp', '-max_delay', '200000', '-buffer_size', '4194304'],
  ...['-fflags', 'nobuffer', '-flags', 'low_delay', '-fpsprobesize', '0'],
  ...['-analyzeduration', '500000', '-threads', '2', '-f', 'sdp', '-i', 'pipe:0'],
  ...['-map', '0:v:0', '-fpsmax', '30', '-vf'],
  "scale='min(1280,iw)':'min(720,ih)':" +
    'force_original_aspect_ratio=decrease:force_divisible_by=2,setsar=1,format=yuv420p',
  ...['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-threads', '2'],
  ...['-b:v', '1500k', '-maxrate', '1800k', '-bufsize', '1500k', '-error-resilient', '1'],
  ...['-lag-in-frames', '0', '-auto-alt-ref', '0', '-force_key_frames', 'expr:gte(t,n_forced)'],
  ...['-f', 'rtp', '-payload_type', String(pictureCodec.payloadType)],
  // What it says of its clock goes to the same port, where it is known for what it is.
  `rtp://127.0.0.1:${rtpPort}?rtcpport=${rtpPort}&pkt_size=1200`,
];
