/** One received stream, by the browser's own statistics (W3C webrtc-stats, `inbound-rtp`). */
export interface Inbound {
  trackId: string;
  kind: 'audio' | 'video';
  packets: number;
  bytes: number;
  framesDecoded: number;
  /** Epoch ms of the newest packet; 0 before the first. */
  lastPacketAt: number;
}

/** What the page's loudspeakers play of one track. */
export interface Heard {
  trackId: string;
  /** The loudest frequency; 0 when it is silent. */
  hz: number;
}

export interface MediaProbe {
  /** Every stream received since the page was opened, those that are gone with their last figures. */
  inbound(): Promise<Inbound[]>;
  /** Reads `inbound` again and again from now on: a stream that ends takes its figures along. */
  follow(): void;
  /** RTP packets sent so far of this kind, all layers. */
  sent(kind: 'audio' | 'video'): Promise<number>;
  /** Packets that arrived over the receiving transports, whatever stream they belong to. */
  arrived(): Promise<number>;
  /** Every sound that a media element of the page plays now. */
  heard(): Promise<Heard[]>;
  /** Frames decoded of the picture that stands under this name; 0 when there is none. */
  framesOf(name: string): Promise<number>;
}

declare global {
  interface Window {
    mediaProbe: MediaProbe;
  }
}

/**
 * Runs in each page before its own scripts: keeps the peer connections that the page opens. Handed
 * over as text, so it may use nothing from outside itself. With `stuckMicrophone` no script of the
 * page can silence its tracks, as with a tampered browser: only the server is left to close it.
 */
export function installMediaProbe({ stuckMicrophone }: { stuckMicrophone: boolean }): void {
  const connections = new Set<RTCPeerConnection>();
  const receiving = new Set<RTCPeerConnection>();
  const known = new Map<string, Inbound>();
  // By these packets the SFU probes the line; they hold nothing, and belong to no stream.
  const probator = 'probator';

  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.add(this);
      this.addEventListener('track', () => receiving.add(this));
    }
  };
  if (stuckMicrophone) {
    Object.defineProperty(MediaStreamTrack.prototype, 'enabled', { get: () => true, set() {} });
  }

  async function stats(from: Iterable<RTCPeerConnection>) {
    const open = [...from].filter(({ connectionState }) => connectionState !== 'closed');
    const reports = await Promise.all(open.map((connection) => connection.getStats()));
    return reports.flatMap((report) => [...report.values()]);
  }

  async function inbound(): Promise<Inbound[]> {
    for (const stat of await stats(receiving)) {
      if (stat.type !== 'inbound-rtp' || stat.trackIdentifier === probator) continue;
      known.set(stat.trackIdentifier, {
        trackId: stat.trackIdentifier,
        kind: stat.kind,
        packets: stat.packetsReceived,
        bytes: stat.bytesReceived,
        framesDecoded: stat.framesDecoded ?? 0,
        lastPacketAt: stat.lastPacketReceivedTimestamp ?? 0,
      });
    }
    return [...known.values()];
  }

  /** The loudest frequency over half a second; sound that comes and goes is caught by its peak. */
  async function loudestHz(context: AudioContext, track: MediaStreamTrack): Promise<number> {
    const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
    const source = context.createMediaStreamSource(new MediaStream([track]));
    source.connect(analyser);
    const spectrum = new Float32Array(analyser.frequencyBinCount);
    let loudest = { hz: 0, db: -60 };
    const started = context.currentTime;
    while (context.currentTime < started + 0.5) {
      await new Promise(requestAnimationFrame);
      analyser.getFloatFrequencyData(spectrum);
      spectrum.forEach((db, bin) => {
        if (db > loudest.db) loudest = { hz: (bin * context.sampleRate) / analyser.fftSize, db };
      });
    }
    source.disconnect();
    return loudest.hz;
  }

  window.mediaProbe = {
    inbound,

    follow() {
      const read = (): void => void inbound().then(() => setTimeout(read, 50));
      read();
    },

    async sent(kind) {
      let packets = 0;
      for (const stat of await stats(connections)) {
        if (stat.type === 'outbound-rtp' && stat.kind === kind) packets += stat.packetsSent;
      }
      return packets;
    },

    async arrived() {
      let packets = 0;
      for (const stat of await stats(receiving)) {
        if (stat.type === 'transport') packets += stat.packetsReceived;
        if (stat.trackIdentifier === probator) packets -= stat.packetsReceived;
      }
      return packets;
    },

    async heard() {
      const playing = [...document.querySelectorAll<HTMLMediaElement>('audio, video')].filter(
        ({ muted, paused, volume }) => !muted && !paused && volume > 0,
      );
      const tracks = playing
        .flatMap(({ srcObject }) => (srcObject instanceof MediaStream ? srcObject : []))
        .flatMap((stream) => stream.getAudioTracks())
        .filter((track) => track.readyState === 'live' && !track.muted);
      if (tracks.length === 0) return [];
      const context = new AudioContext();
      const heard = await Promise.all(
        tracks.map(async (track) => ({
          trackId: track.id,
          hz: await loudestHz(context, track),
        })),
      );
      await context.close();
      return heard;
    },

    async framesOf(name) {
      const element = [...document.querySelectorAll('video')].find(
        (video) => video.getAttribute('aria-label') === name,
      );
      const stream = element?.srcObject;
      if (!(stream instanceof MediaStream)) return 0;
      const [track] = stream.getVideoTracks();
      const found = (await inbound()).find(({ trackId }) => trackId === track?.id);
      return found?.framesDecoded ?? 0;
    },
  };
}
