/** What is used of the package, which has no types of its own. */
declare module 'sherpa-onnx-node' {
  interface Waveform {
    samples: Float32Array;
    sampleRate: number;
  }
  interface Stream {
    acceptWaveform(waveform: Waveform): void;
  }
  interface OnlineStream extends Stream {
    inputFinished(): void;
  }
  export class OnlineRecognizer {
    /** Throws where a setting is wrong; a broken file ends the process. */
    constructor(config: object);
    createStream(): OnlineStream;
    isReady(stream: OnlineStream): boolean;
    decode(stream: OnlineStream): void;
    isEndpoint(stream: OnlineStream): boolean;
    reset(stream: OnlineStream): void;
    /** Throws where the library's text is no JSON. */
    getResult(stream: OnlineStream): unknown;
  }
  export class OfflineRecognizer {
    constructor(config: object);
    /** Hot words: phrases with a slash between them. */
    createStream(hotWords?: string): Stream;
    decode(stream: Stream): void;
    getResult(stream: Stream): unknown;
  }
}
