/** What is used of the package's WebAssembly build, which has no types of its own. */
declare module '@evan/opus/wasm/index.mjs' {
  export class Decoder {
    constructor(options: { channels: 1 | 2; sample_rate: number });
    /** One packet to PCM (signed 16-bit, little endian, interleaved). Throws for what is no Opus. */
    decode(packet: Uint8Array): Uint8Array;
    /** Gives its memory back. */
    drop(): void;
  }
  export class Encoder {
    constructor(options: {
      channels: 1 | 2;
      sample_rate: number;
      application: 'voip' | 'audio' | 'restricted_lowdelay';
    });
    /** One frame of such PCM to a packet. */
    encode(pcm: ArrayBufferView): Uint8Array;
    /** `opus_encoder_ctl` of libopus. */
    ctl(request: number, value: number): number;
    drop(): void;
  }
}
