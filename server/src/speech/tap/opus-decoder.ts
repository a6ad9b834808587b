import { Decoder } from '@evan/opus/wasm/index.mjs';
import { sampleRate } from '../engine.ts';

/** The longest packet (RFC 6716 §3.2.5 [R5]), in ms. */
const maxPacketMs = 120;

/**
 * One stream of Opus to PCM as engines hear it. The codec runs as WebAssembly: what halls send is
 * decoded where it can harm nothing.
 */
export class OpusDecoder {
  private readonly decoder = new Decoder({ channels: 1, sample_rate: sampleRate });
  private isClosed = false;

  /** The packet's sound; `null` for what is no Opus. */
  decode(payload: Buffer): Int16Array | null {
    if (this.isClosed) return null;
    try {
      const pcm = this.decoder.decode(payload);
      const samples = new Int16Array(pcm.buffer, pcm.byteOffset, pcm.byteLength / 2);
      return samples.length <= (maxPacketMs * sampleRate) / 1_000 ? samples : null;
    } catch {
      return null;
    }
  }

  /** Gives its memory back. Idempotent. */
  close(): void {
    this.isClosed = true;
    this.decoder.drop();
  }
}
