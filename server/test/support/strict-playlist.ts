/** A media playlist as a strict reader of RFC 8216bis sees it; each rule that is broken throws. */
export interface StrictPlaylist {
  control: Map<string, string>;
  partTargetS: number;
  targetS: number;
  sequence: number;
  discontinuitySequence: number;
  isEnded: boolean;
  hint: string | null;
  /** The last one is not whole where `name` is `null`. */
  segments: StrictSegment[];
}

export interface StrictSegment {
  sequence: number;
  name: string | null;
  init: string;
  isDiscontinuous: boolean;
  takenAt: number;
  durationS: number;
  parts: { name: string; durationS: number; isIndependent: boolean }[];
}

function must(isSo: boolean, rule: string): asserts isSo {
  if (!isSo) throw new Error(`RFC 8216bis: ${rule}`);
}

/** Reads attributes (§4.2): each name once, quoted where it must be. */
function attributes(text: string): Map<string, string> {
  const found = new Map<string, string>();
  const one = /([A-Z0-9-]+)=("[^"\r\n]*"|[^",\s]+)(?:,|$)/y;
  while (one.lastIndex < text.length) {
    const match = one.exec(text);
    must(match !== null, `§4.2 attribute list: ${text}`);
    must(!found.has(match[1]!), '§4.2 an attribute stands once');
    found.set(match[1]!, match[2]!);
  }
  return found;
}

function quoted(value: string | undefined, of: string): string {
  must(value !== undefined && /^"[^"]+"$/.test(value), `${of} is a quoted string`);
  return value.slice(1, -1);
}

function decimal(value: string | undefined, of: string): number {
  must(value !== undefined && /^\d+(\.\d+)?$/.test(value), `${of} is a decimal number`);
  return Number(value);
}

const once = new Set([
  '#EXT-X-VERSION',
  '#EXT-X-TARGETDURATION',
  '#EXT-X-SERVER-CONTROL',
  '#EXT-X-PART-INF',
  '#EXT-X-MEDIA-SEQUENCE',
  '#EXT-X-DISCONTINUITY-SEQUENCE',
  '#EXT-X-INDEPENDENT-SEGMENTS',
  '#EXT-X-PRELOAD-HINT',
  '#EXT-X-ENDLIST',
]);
/** Numbers are written with five places. */
const roundingS = 0.0001;

/** Reads a live playlist with parts. Throws what is broken, with its section. */
export function readStrictly(text: string): StrictPlaylist {
  must(!/\r(?!\n)/.test(text) && text.endsWith('\n'), '§4.1 lines end');
  const lines = text.trimEnd().split('\n');
  must(lines[0] === '#EXTM3U', '§4.4.1.1 EXTM3U is the first line');
  const playlist: StrictPlaylist = {
    control: new Map(),
    partTargetS: 0,
    targetS: 0,
    sequence: 0,
    discontinuitySequence: 0,
    isEnded: false,
    hint: null,
    segments: [],
  };
  const seen = new Set<string>();
  let init = '';
  let version = 0;
  let extinf: number | null = null;
  let open: StrictSegment | null = null;
  const segment = () =>
    (open ??= {
      sequence: playlist.sequence + playlist.segments.length,
      name: null,
      init,
      isDiscontinuous: false,
      takenAt: 0,
      durationS: 0,
      parts: [],
    });
  for (const line of lines.slice(1)) {
    const [tag, value = ''] = line.split(/:(.*)/s) as [string, string?];
    if (once.has(tag)) must(!seen.has(tag), `${tag} stands once`);
    seen.add(tag);
    switch (tag) {
      case '#EXT-X-VERSION':
        version = Number(value);
        break;
      case '#EXT-X-TARGETDURATION':
        must(/^\d+$/.test(value), '§4.4.3.1 a decimal integer');
        playlist.targetS = Number(value);
        break;
      case '#EXT-X-SERVER-CONTROL':
        playlist.control = attributes(value);
        break;
      case '#EXT-X-PART-INF':
        playlist.partTargetS = decimal(attributes(value).get('PART-TARGET'), '§4.4.3.7');
        break;
      case '#EXT-X-MEDIA-SEQUENCE':
        must(!seen.has('#EXTINF'), '§4.4.3.2 before the first segment');
        playlist.sequence = Number(value);
        break;
      case '#EXT-X-DISCONTINUITY-SEQUENCE':
        must(!seen.has('#EXTINF') && !seen.has('#EXT-X-DISCONTINUITY'), '§4.4.3.3 comes first');
        playlist.discontinuitySequence = Number(value);
        break;
      case '#EXT-X-DISCONTINUITY':
        must(open === null, '§4.4.4.3 before the segment and its parts');
        segment().isDiscontinuous = true;
        break;
      case '#EXT-X-MAP':
        must(version >= 6, '§8 EXT-X-MAP needs version 6');
        init = quoted(attributes(value).get('URI'), '§4.4.4.5 URI');
        must(segment().parts.length === 0, '§4.4.4.5 before the segment and its parts');
        segment().init = init;
        break;
      case '#EXT-X-PROGRAM-DATE-TIME':
        segment().takenAt = Date.parse(value);
        must(Number.isFinite(segment().takenAt), '§4.4.4.6 a date of ISO 8601');
        break;
      case '#EXT-X-PART': {
        must(playlist.partTargetS > 0, '§4.4.3.7 PART-INF where there are parts');
        must(extinf === null, '§4.4.4.9 parts come before their segment');
        const part = attributes(value);
        const independent = part.get('INDEPENDENT');
        must(independent === undefined || independent === 'YES', '§4.4.4.9 INDEPENDENT');
        segment().parts.push({
          name: quoted(part.get('URI'), '§4.4.4.9 URI'),
          durationS: decimal(part.get('DURATION'), '§4.4.4.9 DURATION'),
          isIndependent: independent === 'YES',
        });
        break;
      }
      case '#EXTINF':
        must(/^\d+(\.\d+)?,/.test(value), '§4.4.4.1 a duration and a comma');
        extinf = Number.parseFloat(value);
        break;
      case '#EXT-X-PRELOAD-HINT': {
        const hint = attributes(value);
        must(hint.get('TYPE') === 'PART', '§4.4.5.3 TYPE');
        playlist.hint = quoted(hint.get('URI'), '§4.4.5.3 URI');
        break;
      }
      case '#EXT-X-ENDLIST':
        playlist.isEnded = true;
        break;
      case '#EXT-X-INDEPENDENT-SEGMENTS':
        break;
      default: {
        must(!line.startsWith('#EXT'), `a tag that is not known: ${tag}`);
        must(extinf !== null, '§4.4.4.1 EXTINF before each segment');
        playlist.segments.push({ ...segment(), name: line, durationS: extinf });
        [open, extinf] = [null, null];
      }
    }
  }
  must(extinf === null, '§4.4.4.1 a URI after each EXTINF');
  if (open !== null) playlist.segments.push(open);
  checkWhole(playlist);
  return playlist;
}

function checkWhole(playlist: StrictPlaylist): void {
  const { control, partTargetS, targetS, segments, isEnded, hint } = playlist;
  must(targetS > 0, '§4.4.3.1 there is a target duration');
  const partHoldBack = decimal(control.get('PART-HOLD-BACK'), '§4.4.3.8 PART-HOLD-BACK');
  must(partHoldBack >= 3 * partTargetS, '§4.4.3.8 PART-HOLD-BACK: three parts');
  must(decimal(control.get('HOLD-BACK'), 'HOLD-BACK') >= 3 * targetS, '§4.4.3.8 HOLD-BACK');
  const canBlock = control.get('CAN-BLOCK-RELOAD');
  must(canBlock === undefined || canBlock === 'YES', '§4.4.3.8 CAN-BLOCK-RELOAD');
  must(hint === null || canBlock === 'YES', 'only who holds requests hints');
  must(!(isEnded && hint !== null), '§6.2.2 nothing comes after the end');
  const whole = segments.filter(({ name }) => name !== null);
  for (const { durationS, parts, isDiscontinuous, takenAt } of whole) {
    must(Math.round(durationS) <= targetS, '§4.4.3.1 EXTINF within the target duration');
    must(takenAt > 0, 'each segment says when it was');
    if (parts.length === 0) continue;
    const sum = parts.reduce((total, part) => total + part.durationS, 0);
    must(Math.abs(sum - durationS) < roundingS * parts.length, 'parts make the segment');
    must(isDiscontinuous || parts[0]!.isIndependent, '§4.4.2.1 segments are independent');
  }
  const edgeS = whole.slice(-3).length;
  must(
    whole.slice(-edgeS).every(({ parts }) => parts.length > 0),
    '§4.4.4.9 parts of the last three target durations',
  );
  const names = segments.flatMap(({ name, parts }) => [name, ...parts.map((part) => part.name)]);
  must(new Set(names).size === names.length, 'no name stands twice');
  must(hint === null || !names.includes(hint), '§4.4.5.3 what is there needs no hint');
  for (const [index, { parts, name }] of segments.entries()) {
    for (const [place, { durationS, isIndependent }] of parts.entries()) {
      must(durationS <= partTargetS, '§4.4.4.9 a part is no longer than the target');
      const isFinal = place === parts.length - 1;
      const mayBeShort = isIndependent || (isFinal && (name !== null || isEnded));
      must(mayBeShort || durationS >= 0.85 * partTargetS, '§4.4.4.9 parts: 85 % of the target');
    }
    must(name !== null || index === segments.length - 1, 'only the last segment is not whole');
  }
}

/** What must hold between a playlist and a later one of the same address (§6.2.1, §6.2.2). */
export function checkUpdate(before: StrictPlaylist, after: StrictPlaylist): void {
  must(after.sequence >= before.sequence, '§6.2.2 the media sequence never goes back');
  must(
    after.discontinuitySequence >= before.discontinuitySequence,
    '§6.2.2 the discontinuity sequence never goes back',
  );
  must(after.targetS === before.targetS, '§6.2.1 the target duration stays');
  must(!before.isEnded || after.isEnded, '§6.2.1 what has ended has ended');
  const listedS = after.segments.reduce((sum, { durationS }) => sum + durationS, 0);
  const isRemoved = after.sequence > before.sequence;
  const goesOn = after.sequence < before.sequence + before.segments.length;
  must(!(isRemoved && goesOn) || listedS >= 3 * after.targetS, '§6.2.2 three durations stay');
  const known = new Map(after.segments.map((segment) => [segment.sequence, segment]));
  for (const segment of before.segments) {
    const now = known.get(segment.sequence);
    if (!now) continue;
    must(segment.name === null || now.name === segment.name, '§6.2.1 a number keeps its segment');
    must(now.takenAt === segment.takenAt, '§4.4.4.6 a segment keeps its time');
    const stays =
      now.parts.length === 0 ||
      segment.parts.every(({ name }, place) => now.parts[place]?.name === name);
    must(stays, '§6.2.1 parts stay as they are');
  }
  const gone = before.segments.filter(({ sequence }) => sequence < after.sequence);
  const tags = gone.filter(({ isDiscontinuous }) => isDiscontinuous).length;
  if (after.sequence <= before.sequence + before.segments.length) {
    const counted = after.discontinuitySequence - before.discontinuitySequence;
    must(counted === tags, '§6.2.2 each removed discontinuity is counted');
  }
  const next = after.segments.flatMap(({ parts }) => parts.map(({ name }) => name));
  const last = before.segments.flatMap(({ parts }) => parts).at(-1)?.name;
  const follower = last === undefined ? undefined : next[next.indexOf(last) + 1];
  const isBroken = after.segments.some(
    ({ sequence, isDiscontinuous }) =>
      isDiscontinuous && sequence >= before.sequence + before.segments.length - 1,
  );
  if (before.hint !== null && follower !== undefined && next.includes(last!) && !isBroken) {
    must(before.hint === follower, '§4.4.5.3 the hint names the part that comes next');
  }
}
