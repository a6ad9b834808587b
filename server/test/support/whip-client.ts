import { randomInt } from 'node:crypto';
import { Audio, PeerConnection, type Track, Video } from 'node-datachannel';

const opus = 111;
const vp8 = 96;
const packetMs = 20;

/** An encoder that speaks WHIP, with real ICE, DTLS and SRTP. */
export class WhipClient {
  readonly #connection = new PeerConnection('', { iceServers: [], disableAutoNegotiation: true });
  readonly #tracks: { track: Track; payloadType: number; ssrc: number; clock: number }[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** The offer with which it asks; to be made once. */
  offer(): Promise<string> {
    const audio = new Audio('0', 'SendOnly');
    audio.addOpusCodec(opus);
    this.#add(audio, opus, 960);
    const video = new Video('1', 'SendOnly');
    video.addVP8Codec(vp8);
    this.#add(video, vp8, 1_800);
    return new Promise((resolve) => {
      this.#connection.onLocalDescription((sdp) => resolve(sdp));
      this.#connection.setLocalDescription('offer');
    });
  }

  #add(media: Audio | Video, payloadType: number, clock: number): void {
    const ssrc = randomInt(1, 0x7fff_ffff);
    media.addSSRC(ssrc, 'encoder', 'encoder', `track-${payloadType}`);
    this.#tracks.push({ track: this.#connection.addTrack(media), payloadType, ssrc, clock });
  }

  /** Takes the answer and sends a packet of each track every 20 ms until `close`. */
  send(answer: string): void {
    this.#connection.setRemoteDescription(answer, 'answer');
    let sequence = 0;
    this.#timer = setInterval(() => {
      sequence += 1;
      for (const { track, payloadType, ssrc, clock } of this.#tracks) {
        if (track.isOpen()) track.sendMessageBinary(rtp(payloadType, sequence, clock, ssrc));
      }
    }, packetMs);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#connection.close();
  }
}

function rtp(payloadType: number, sequence: number, clock: number, ssrc: number): Buffer {
  const packet = Buffer.alloc(12 + 20);
  packet[0] = 0x80;
  packet[1] = payloadType;
  packet.writeUInt16BE(sequence & 0xffff, 2);
  packet.writeUInt32BE((sequence * clock) >>> 0, 4);
  packet.writeUInt32BE(ssrc, 8);
  // For VP8 each is a whole key frame as far as a forwarder looks (RFC 7741, 4.2 and 4.3).
  packet[12] = 0x10;
  return packet;
}
