import type { Kind, Rows } from '../dialogue/kernel/state.ts';
import type { ColumnType } from './arrays.ts';

/** The columns of each read model, besides `dialogue_id` and `id`, as fields of its row. */
const fields = {
  dialogue: {
    title: 'text',
    organiser: 'text',
    startsAt: 'bigint',
    state: 'text',
    fields: 'jsonb',
    agencies: 'jsonb',
    namePolicy: 'text',
    turnSeconds: 'integer',
    rules: 'jsonb',
    centralBridgePointId: 'uuid',
    createdAt: 'bigint',
    startedAt: 'bigint',
    endedAt: 'bigint',
    recordingSince: 'bigint',
    broadcastSince: 'bigint',
    broadcastCode: 'text',
    presentation: 'jsonb',
  },
  bridgePoint: {
    code: 'text',
    name: 'text',
    district: 'text',
    kind: 'text',
    isCentral: 'boolean',
    expectedAttendance: 'integer',
    headcount: 'integer',
    headcountAt: 'bigint',
    joined: 'integer',
    present: 'integer',
    joinCode: 'text',
  },
  member: {
    accountId: 'uuid',
    role: 'text',
  },
  person: {
    bridgePointId: 'uuid',
    name: 'text',
    joinedAt: 'bigint',
  },
  question: {
    bridgePointId: 'uuid',
    personId: 'uuid',
    channel: 'text',
    original: 'text',
    wording: 'text',
    field: 'text',
    urgency: 'text',
    state: 'text',
    asker: 'text',
    nameVisibility: 'text',
    code: 'text',
    attachmentIds: 'jsonb',
    askedAt: 'bigint',
    forwardedAt: 'bigint',
    acceptedAt: 'bigint',
    revision: 'integer',
    supporters: 'integer',
    mergedInto: 'uuid',
    stateBefore: 'text',
    pin: 'jsonb',
    brief: 'jsonb',
    returnReason: 'text',
    returnedBy: 'text',
    disposition: 'jsonb',
    turnId: 'uuid',
  },
  note: {
    questionId: 'uuid',
    text: 'text',
    at: 'bigint',
    by: 'text',
    removedAt: 'bigint',
  },
  support: {
    questionId: 'uuid',
    personId: 'uuid',
    at: 'bigint',
    withdrawnAt: 'bigint',
  },
  attendee: {
    bridgePointId: 'uuid',
    personId: 'uuid',
    name: 'text',
    how: 'text',
    joinedAt: 'bigint',
    leftAt: 'bigint',
    removedAt: 'bigint',
  },
  hand: {
    bridgePointId: 'uuid',
    personId: 'uuid',
    name: 'text',
    raisedAt: 'bigint',
    position: 'bigint',
    loweredAt: 'bigint',
  },
  turn: {
    kind: 'text',
    questionId: 'uuid',
    handId: 'uuid',
    bridgePointId: 'uuid',
    state: 'text',
    heldReason: 'text',
    endReason: 'text',
    clock: 'jsonb',
    budgetMs: 'integer',
    extendedMs: 'integer',
    districtSpokenMs: 'bigint',
    preparedAt: 'bigint',
    calledAt: 'bigint',
    endedAt: 'bigint',
  },
  transcript: {
    state: 'text',
    version: 'integer',
    certifications: 'jsonb',
    isMuted: 'boolean',
    terms: 'jsonb',
    abbreviations: 'jsonb',
  },
  transcriptLine: {
    position: 'integer',
    at: 'bigint',
    endAt: 'bigint',
    text: 'text',
    track: 'text',
    turnId: 'uuid',
    bridgePointId: 'uuid',
    questionId: 'uuid',
    speakerName: 'text',
    offsetMs: 'bigint',
    raw: 'text',
    words: 'jsonb',
    confidence: 'double precision',
    source: 'text',
    engine: 'text',
    isLate: 'boolean',
    audio: 'jsonb',
    revision: 'integer',
    isCorrected: 'boolean',
    isWithheld: 'boolean',
    redactions: 'jsonb',
    removedAt: 'bigint',
  },
  readiness: {
    reports: 'jsonb',
    rollCall: 'jsonb',
  },
  line: {
    state: 'text',
    rungBy: 'text',
    accountId: 'uuid',
    name: 'text',
    since: 'bigint',
  },
  lineMessage: {
    bridgePointId: 'uuid',
    from: 'text',
    by: 'text',
    text: 'text',
    at: 'bigint',
    position: 'integer',
  },
  equipment: {
    muted: 'boolean',
    mutedBy: 'text',
    camera: 'jsonb',
    microphone: 'jsonb',
  },
  deck: {
    title: 'text',
    pages: 'integer',
  },
} as const satisfies {
  readonly [K in Kind]: { readonly [Field in Exclude<keyof Rows[K], 'id'>]: ColumnType };
};

/** Every kind; a dialogue's own row first, because the others refer to it. */
export const rowKinds = Object.keys(fields) as Kind[];

/** The name in SQL of a table, of a kind, or of a column, of a field. */
export const snake = (name: string) =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The columns of a kind's table besides `dialogue_id`, `id` first. */
export interface Layout {
  table: string;
  fields: readonly string[];
  columns: readonly string[];
  types: readonly ColumnType[];
}

export const layouts = Object.fromEntries(
  rowKinds.map((kind): [Kind, Layout] => {
    const typed: [string, ColumnType][] = [['id', 'uuid'], ...Object.entries(fields[kind])];
    const names = typed.map(([field]) => field);
    return [
      kind,
      {
        table: snake(kind),
        fields: names,
        columns: names.map(snake),
        types: typed.map(([, type]) => type),
      },
    ];
  }),
) as Record<Kind, Layout>;
