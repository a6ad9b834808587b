import { permissions } from '@nhip-cau/shared/model/permissions';
import type { QuestionState } from '@nhip-cau/shared/model/questions';
import type { Redaction } from '@nhip-cau/shared/model/transcript';
import type { CaptionSpeaker } from '@nhip-cau/shared/protocol/facts';
import { type RawBuilder, sql } from 'kysely';
import { takenUp } from '../dialogue/floor/speaker.ts';
import { Refusal } from '../dialogue/kernel/refusal.ts';
import type { TranscriptSearch } from '../dialogue/transcript/ports.ts';
import { publicText } from '../dialogue/transcript/project.ts';
import {
  searchText,
  type SearchText,
  snippetOf,
  type Sought,
  soughtIn,
} from '../dialogue/transcript/search-text.ts';
import { arrayOf, type ColumnType } from './arrays.ts';
import type { Database } from './database.ts';

/** Hits of one answer. */
const pageSize = 30;
/** Lines prepared in one step: the event loop and the commands of a live dialogue come between. */
const fillStep = 500;
/** Words that one search may have. */
const maxWords = 12;

/** Roles that may do this in a dialogue of theirs. */
const rolesFor = (action: 'transcript.search' | 'transcript.edit') =>
  Object.entries(permissions[action])
    .filter(([, relation]) => relation === 'member')
    .map(([role]) => role);

interface Found {
  dialogueId: string;
  title: string;
  startsAt: number;
  lineId: string;
  at: number;
  offsetMs: number;
  track: string;
  questionId: string | null;
  edits: boolean;
  text: string;
  redactions: Redaction[];
  speakerName: string | null;
  turnKind: string | null;
  bridgePointName: string | null;
  isCentral: boolean | null;
  asker: string | null;
  askerState: QuestionState | null;
  rank: number;
}

/** A place between two hits. */
type Cursor = [rank: number, at: number, dialogueId: string, lineId: string];

/**
 * Looks lines up by the trigrams of their words (pg_trgm). What they are found by is kept beside
 * them and written when somebody searches, not when a command is carried out.
 */
export function transcriptSearch(db: Database): TranscriptSearch {
  let filling: Promise<void> | null = null;
  /** Takes in all that was committed before the call: one under way may have begun before that. */
  const fillOnce = async () => {
    await filling?.catch(() => {});
    await (filling ??= fill(db).finally(() => (filling = null)));
  };

  return {
    async find({ accountId, isAdmin }, { text, dialogueId, after }) {
      const sought = soughtIn(text);
      if (sought === null || sought.plain.length > maxWords) {
        throw new Refusal('invalid', { path: 'q' });
      }
      const cursor = after === null ? null : cursorOf(after);
      await fillOnce();
      const scope = scopeOf(accountId, isAdmin, dialogueId);
      const { rows } = await matches(scope, sought, cursor).execute(db);
      const page = rows.slice(0, pageSize);
      const last = rows.length > pageSize ? page.at(-1) : undefined;
      return {
        hits: page.map((row) => ({
          dialogueId: row.dialogueId,
          title: row.title,
          startsAt: row.startsAt,
          lineId: row.lineId,
          at: row.at,
          offsetMs: row.offsetMs,
          track: row.track,
          speaker: speakerOf(row),
          questionId: row.questionId,
          ...snippetOf(row.edits ? row.text : publicText(row), sought),
        })),
        next: last ? tokenOf([last.rank, last.at, last.dialogueId, last.lineId]) : null,
      };
    },
  };
}

/** Prepares the lines that are new or were changed, of dialogues whose logs have grown. */
async function fill(db: Database): Promise<void> {
  const { rows: heads } = await sql<{ dialogueId: string; seq: number }>`
    select log_head.dialogue_id, log_head.seq
    from log_head left join transcript_search_head known using (dialogue_id)
    where known.seq is null or known.seq < log_head.seq
  `.execute(db);
  for (const { dialogueId, seq } of heads) {
    while ((await fillSome(db, dialogueId)) > 0);
    await sql`
      insert into transcript_search_head (dialogue_id, seq) values (${dialogueId}, ${seq})
      on conflict (dialogue_id) do update
      set seq = greatest(transcript_search_head.seq, excluded.seq)
    `.execute(db);
  }
}

async function fillSome(db: Database, dialogueId: string): Promise<number> {
  const { rows } = await sql<{
    id: string;
    revision: number;
    at: number;
    text: string;
    redactions: Redaction[];
    isRemoved: boolean;
  }>`
    select id, revision, at, text, redactions, removed_at is not null as is_removed
    from transcript_line line
    where dialogue_id = ${dialogueId} and not exists (
      select from transcript_search known
      where known.dialogue_id = line.dialogue_id and known.id = line.id
        and known.revision = line.revision
    )
    limit ${fillStep}
  `.execute(db);
  if (rows.length === 0) return 0;
  const texts = rows.map(({ text, redactions, isRemoved }) => {
    if (isRemoved) return { full: noWords, shown: noWords };
    const [full, published] = [searchText(text), publicText({ text, redactions })];
    return { full, shown: published === text ? full : searchText(published) };
  });
  const column = <Value>(type: ColumnType, valueOf: (row: (typeof rows)[number]) => Value) =>
    arrayOf(type, rows.map(valueOf));
  const words = (valueOf: (text: (typeof texts)[number]) => string) =>
    arrayOf('text', texts.map(valueOf));
  const columns = [
    column('uuid', ({ id }) => id),
    column('integer', ({ revision }) => revision),
    column('bigint', ({ at }) => at),
    words(({ full }) => full.plain),
    words(({ full }) => full.marked),
    words(({ shown }) => shown.plain),
    words(({ shown }) => shown.marked),
  ];
  await sql`
    insert into transcript_search
      (dialogue_id, id, revision, at, plain, marked, public_plain, public_marked)
    select ${dialogueId}::uuid, line.* from unnest(${sql.join(columns)}) as line
    on conflict (dialogue_id, id) do update
    set (revision, at, plain, marked, public_plain, public_marked) = row (
      excluded.revision, excluded.at, excluded.plain, excluded.marked,
      excluded.public_plain, excluded.public_marked
    )
  `.execute(db);
  return rows.length;
}

const noWords: SearchText = { plain: '', marked: '' };

/** The dialogues that the account may search, and whether it reads everything there. */
function scopeOf(accountId: string, isAdmin: boolean, dialogueId: string | null) {
  const has = (roles: readonly string[]) => sql<boolean>`exists (
    select from member
    where member.dialogue_id = dialogue.id and member.account_id = ${accountId}
      and member.role = any(${arrayOf('text', roles)})
  )`;
  return sql`
    select id, title, starts_at, ${has(rolesFor('transcript.edit'))} as edits from dialogue
    where (${dialogueId}::uuid is null or id = ${dialogueId}::uuid)
      and (${isAdmin}::boolean or ${has(rolesFor('transcript.search'))})
  `;
}

function matches(
  scope: RawBuilder<unknown>,
  { plain, marked, hasMarks }: Sought,
  cursor: Cursor | null,
): RawBuilder<Found> {
  const every = (column: string, words: readonly string[]) =>
    sql.join(
      words.map((word, index) => {
        const end = index === words.length - 1 ? '%' : ' %';
        return sql`${sql.ref(column)} like ${`% ${word}${end}`}`;
      }),
      sql` and `,
    );
  const phrase = (words: readonly string[]) => `% ${words.join(' ')} %`;
  const [rank, at, dialogueId, lineId] = cursor ?? [-1, 0, null, null];
  const nobody = '00000000-0000-0000-0000-000000000000';
  return sql<Found>`
    with scope as materialized (${scope}), found as (
      select dialogue_id, id, at, plain, marked from transcript_search
      where ${every('plain', plain)} and dialogue_id in (select id from scope where edits)
      union all
      select dialogue_id, id, at, public_plain, public_marked from transcript_search
      where ${every('public_plain', plain)}
        and dialogue_id in (select id from scope where not edits)
    ), ranked as (
      select dialogue_id, id, at, case
        when ${hasMarks}::boolean and marked like ${phrase(marked)} then 0
        when ${hasMarks}::boolean and ${every('marked', marked)} then 1
        when plain like ${phrase(plain)} then 2
        when plain like ${`% ${plain.join(' ')}%`} then 3
        else 4
      end as rank
      from found
    ), page as (
      select * from ranked
      where (rank, -at, dialogue_id, id) >
        (${rank}::integer, ${-at}::bigint, ${dialogueId ?? nobody}::uuid, ${lineId ?? nobody}::uuid)
      order by rank, at desc, dialogue_id, id
      limit ${pageSize + 1}
    )
    select scope.id as dialogue_id, scope.title, scope.starts_at, scope.edits,
      line.id as line_id, line.at, line.offset_ms, line.track, line.question_id, line.text,
      line.redactions, line.speaker_name, page.rank,
      turn.kind as turn_kind, hall.name as bridge_point_name, hall.is_central,
      case when question.name_visibility = 'public'
          and question.bridge_point_id = turn.bridge_point_id
        then question.asker end as asker,
      question.state as asker_state
    from page
    join scope on scope.id = page.dialogue_id
    join transcript_line line on line.dialogue_id = page.dialogue_id and line.id = page.id
    left join turn on turn.dialogue_id = line.dialogue_id and turn.id = line.turn_id
    left join question
      on question.dialogue_id = line.dialogue_id and question.id = turn.question_id
    left join bridge_point hall on hall.dialogue_id = line.dialogue_id
      and hall.id = coalesce(turn.bridge_point_id, line.bridge_point_id)
    order by page.rank, page.at desc, page.dialogue_id, page.id
  `;
}

/** As everybody may know it, whoever searches. */
function speakerOf({
  turnKind,
  bridgePointName,
  isCentral,
  asker: given,
  askerState,
  speakerName,
}: Found): CaptionSpeaker {
  if (turnKind === 'host' || (turnKind === null && isCentral !== false)) {
    return { kind: 'host', name: speakerName };
  }
  const asker = askerState !== null && takenUp.includes(askerState) ? given : null;
  const name = asker === null ? null : speakerName;
  return { kind: 'turn', bridgePointName: bridgePointName ?? '', asker, name };
}

const tokenOf = (cursor: Cursor) => Buffer.from(JSON.stringify(cursor)).toString('base64url');

function cursorOf(token: string): Cursor {
  try {
    const cursor: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    if (isCursor(cursor)) return cursor;
  } catch {
    // Not one of ours either.
  }
  throw new Refusal('invalid', { path: 'after' });
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function isCursor(value: unknown): value is Cursor {
  if (!Array.isArray(value) || value.length !== 4) return false;
  const [rank, at, ...ids] = value as unknown[];
  const areIds = ids.every((id) => typeof id === 'string' && uuid.test(id));
  return Number.isSafeInteger(rank) && Number.isSafeInteger(at) && areIds;
}
