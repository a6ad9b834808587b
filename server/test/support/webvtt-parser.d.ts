/** What its tests use of `webvtt-parser`, which has no types of its own. */
declare module 'webvtt-parser' {
  export class WebVTTParser {
    parse(
      text: string,
      mode: 'metadata' | 'subtitles',
    ): {
      cues: { id: string; startTime: number; endTime: number; text: string }[];
      errors: { message: string; line: number; col?: number }[];
    };
  }
}
