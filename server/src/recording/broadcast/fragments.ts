/** What a player needs before any fragment: `ftyp` and `moov`. */
export interface Init {
  kind: 'init';
  bytes: Buffer;
}

/** A `moof` with its `mdat`: a picture, some, or none, and the sound beside them. */
export interface Fragment {
  kind: 'fragment';
  bytes: Buffer;
  /** How long its pictures are shown; 0 where there is sound alone. */
  durationS: number;
  /** Whether its first picture needs none before it. */
  isIndependent: boolean;
}

interface Box {
  type: string;
  content: Buffer;
  /** With its header. */
  bytes: Buffer;
}

interface VideoTrack {
  id: number;
  ticksPerSecond: number;
}

/** Bits of `tfhd` (ISO/IEC 14496-12 §8.8.7) that say which of its fields are there, in their order. */
const tfhd = { offset: 0x01, description: 0x02, duration: 0x08, size: 0x10, flags: 0x20 };
/** The same of `trun` (§8.8.8), and of each of its samples. */
const trun = { offset: 0x01, firstFlags: 0x04 };
const sample = { duration: 0x100, size: 0x200, flags: 0x400, compositionOffset: 0x800 };
const isNonSync = 0x10000;
/** A box longer than that is none: some hundred times a second of the programme. */
const mostBytes = 64 * 1_048_576;

/**
 * Cuts a stream of fragmented MP4 with one video track (ISO/IEC 14496-12 §8.8), as ffmpeg writes it
 * to a pipe, into its beginning and its fragments.
 */
export class FragmentCutter {
  private rest: Buffer = Buffer.alloc(0);
  private init: Buffer[] = [];
  private video: VideoTrack | null = null;
  private moof: Box | null = null;

  /** What this chunk has completed. Throws where it is no MP4. */
  take(chunk: Buffer): (Init | Fragment)[] {
    this.rest = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    const made: (Init | Fragment)[] = [];
    for (let box = readBox(this.rest); box; box = readBox(this.rest)) {
      this.rest = this.rest.subarray(box.bytes.length);
      const piece = this.takeBox(box);
      if (piece) made.push(piece);
    }
    return made;
  }

  private takeBox(box: Box): Init | Fragment | null {
    switch (box.type) {
      case 'ftyp':
        this.init = [box.bytes];
        return null;
      case 'moov':
        this.video = videoTrackOf(box);
        return { kind: 'init', bytes: Buffer.concat([...this.init, box.bytes]) };
      case 'moof':
        this.moof = box;
        return null;
      case 'mdat':
        return this.moof && this.video && fragmentOf(this.moof, box, this.video);
      default:
        return null;
    }
  }
}

/** The first box, or `null` while it is not whole. */
function readBox(bytes: Buffer): Box | null {
  if (bytes.length < 8) return null;
  const isLong = bytes.readUInt32BE(0) === 1;
  const header = isLong ? 16 : 8;
  if (bytes.length < header) return null;
  const size = isLong ? Number(bytes.readBigUInt64BE(8)) : bytes.readUInt32BE(0);
  if (size < header || size > mostBytes) throw new Error('the encoder wrote no MP4');
  if (bytes.length < size) return null;
  const type = bytes.toString('latin1', 4, 8);
  return { type, content: bytes.subarray(header, size), bytes: bytes.subarray(0, size) };
}

function* boxesIn({ content }: Box, type: string): Generator<Box> {
  let rest = content;
  for (let box = readBox(rest); box; box = readBox(rest)) {
    if (box.type === type) yield box;
    rest = rest.subarray(box.bytes.length);
  }
}

function find(box: Box, ...path: string[]): Box {
  const [type, ...more] = path;
  if (type === undefined) return box;
  const [first] = boxesIn(box, type);
  if (!first) throw new Error(`the encoder's MP4 has no ${type}`);
  return find(first, ...more);
}

function videoTrackOf(moov: Box): VideoTrack {
  for (const trak of boxesIn(moov, 'trak')) {
    const kind = find(trak, 'mdia', 'hdlr').content.toString('latin1', 8, 12);
    if (kind !== 'vide') continue;
    const { content: header } = find(trak, 'tkhd');
    const { content: media } = find(trak, 'mdia', 'mdhd');
    // Two times of 4 bytes come first, or in version 1 of 8.
    const timesEnd = (box: Buffer) => (box[0] === 1 ? 20 : 12);
    return {
      id: header.readUInt32BE(timesEnd(header)),
      ticksPerSecond: media.readUInt32BE(timesEnd(media)),
    };
  }
  throw new Error("the encoder's MP4 has no picture");
}

function fragmentOf(moof: Box, mdat: Box, video: VideoTrack): Fragment {
  const bytes = Buffer.concat([moof.bytes, mdat.bytes]);
  for (const traf of boxesIn(moof, 'traf')) {
    const defaults = defaultsOf(find(traf, 'tfhd').content);
    if (defaults.trackId !== video.id) continue;
    const runs = [...boxesIn(traf, 'trun')].map((run) => runOf(run.content, defaults));
    const [first] = runs;
    const ticks = runs.reduce((sum, run) => sum + run.ticks, 0);
    const isIndependent = first !== undefined && (first.firstFlags & isNonSync) === 0;
    return { kind: 'fragment', bytes, durationS: ticks / video.ticksPerSecond, isIndependent };
  }
  return { kind: 'fragment', bytes, durationS: 0, isIndependent: false };
}

interface Defaults {
  trackId: number;
  duration: number;
  flags: number;
}

function defaultsOf(content: Buffer): Defaults {
  const has = content.readUInt32BE(0) & 0xffffff;
  let at = 8;
  if (has & tfhd.offset) at += 8;
  if (has & tfhd.description) at += 4;
  const duration = has & tfhd.duration ? content.readUInt32BE(at) : 0;
  if (has & tfhd.duration) at += 4;
  if (has & tfhd.size) at += 4;
  const flags = has & tfhd.flags ? content.readUInt32BE(at) : 0;
  return { trackId: content.readUInt32BE(4), duration, flags };
}

function runOf(content: Buffer, defaults: Defaults): { ticks: number; firstFlags: number } {
  const has = content.readUInt32BE(0) & 0xffffff;
  const count = content.readUInt32BE(4);
  let at = 8;
  if (has & trun.offset) at += 4;
  let firstFlags = defaults.flags;
  const saysFirst = (has & trun.firstFlags) !== 0;
  if (saysFirst) {
    firstFlags = content.readUInt32BE(at);
    at += 4;
  }
  let ticks = 0;
  for (let index = 0; index < count; index += 1) {
    ticks += has & sample.duration ? content.readUInt32BE(at) : defaults.duration;
    if (has & sample.duration) at += 4;
    if (has & sample.size) at += 4;
    if (has & sample.flags) {
      if (index === 0 && !saysFirst) firstFlags = content.readUInt32BE(at);
      at += 4;
    }
    if (has & sample.compositionOffset) at += 4;
  }
  return { ticks, firstFlags };
}
