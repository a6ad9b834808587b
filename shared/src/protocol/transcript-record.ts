/** Bodies of the HTTP answers about transcripts. Times are epoch milliseconds. */
import type {
  LineAudio,
  LineSource,
  Redaction,
  TranscriptState,
  Word,
} from '../model/transcript.ts';
import type { CaptionSpeaker } from './facts.ts';
import type { RecordBody } from './http.ts';
import type { Certification } from './transcript.ts';

/** A question that lines belong to. */
export interface TranscriptQuestion {
  id: string;
  wording: string;
  bridgePointName: string;
  asker: string | null;
}

/** A line as its reader may see it. */
export interface TranscriptLineBody {
  id: string;
  position: number;
  at: number;
  /** `null`: nobody knows, it was typed. */
  endAt: number | null;
  /** Since the dialogue's start. */
  offsetMs: number;
  track: string;
  speaker: CaptionSpeaker;
  turnId: string | null;
  bridgePointId: string | null;
  questionId: string | null;
  /** For whoever does not edit it: `███` where something was taken out, personal data masked. */
  text: string;
  /** `null`: it was typed, and nobody knows when each word was said. */
  words: Word[] | null;
  isLate: boolean;
  isCorrected: boolean;
  /** Only for whoever may listen. */
  audio: LineAudio | null;
  /** Why parts are taken out, in their order. Offsets only for whoever edits it. */
  redactions: (Pick<Redaction, 'reason'> & Partial<Redaction>)[];
  /** Only for whoever edits it. */
  work: LineWork | null;
}

/** What those need who correct a line. */
export interface LineWork {
  revision: number;
  source: LineSource;
  engine: string | null;
  confidence: number | null;
  /** As the engine gave it. */
  raw: string | null;
  isRemoved: boolean;
}

/** `GET /api/dialogues/:id/transcript`: the lines in order of time. */
export interface TranscriptBody {
  dialogue: RecordBody['dialogue'];
  /** Of the version that is shown. */
  version: number;
  state: TranscriptState;
  /** Of the version that is shown, once it was certified. */
  certification: Certification | null;
  /** All versions that were ever certified. */
  certifications: Certification[];
  /**
   * SHA-256, in hex, of the whole version's lines in canonical JSON: what `transcript.certify`
   * repeats.
   */
  hash: string;
  /** Languages that there are lines of. */
  tracks: string[];
  questions: TranscriptQuestion[];
  lines: TranscriptLineBody[];
}

/** `GET /api/dialogues/:id/transcript/lines?ids=`: those that there are; removed ones for editors. */
export interface TranscriptLinesBody {
  lines: TranscriptLineBody[];
}

/** A line that was found. */
export interface TranscriptHit {
  dialogueId: string;
  title: string;
  /** When the dialogue was planned to start. */
  startsAt: number;
  lineId: string;
  at: number;
  offsetMs: number;
  track: string;
  speaker: CaptionSpeaker;
  questionId: string | null;
  /** The line's text, or a piece of it around the first word that was found. */
  text: string;
  /** What was found, as UTF-16 offsets in `text`, in order. */
  ranges: { start: number; end: number }[];
}

/** `GET /api/transcripts/search`: the closest first, of those as close the newest. */
export interface TranscriptSearchBody {
  hits: TranscriptHit[];
  /** What to ask with as `after` for those behind; `null`: these were the last. */
  next: string | null;
}
