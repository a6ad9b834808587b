/** What is used of the package, which has no types of its own. */
declare module '@echogarden/fvad-wasm' {
  export interface Fvad {
    /** Memory as samples; another object after memory has grown. */
    readonly HEAP16: Int16Array;
    _malloc(bytes: number): number;
    _free(pointer: number): void;
    /** 0: no memory. */
    _fvad_new(): number;
    _fvad_free(vad: number): void;
    /** 0 (takes much for voice) to 3 (takes little); -1: no such mode. */
    _fvad_set_mode(vad: number, mode: number): number;
    /** 8000, 16000, 32000 or 48000; -1: another. */
    _fvad_set_sample_rate(vad: number, sampleRate: number): number;
    /** 10, 20 or 30 ms of sound. 1: voice, 0: none, -1: another length. */
    _fvad_process(vad: number, frame: number, length: number): number;
  }
  export default function fvad(): Promise<Fvad>;
}
