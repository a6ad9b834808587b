import type { SimilarQuestion } from '@nhip-cau/shared/protocol/http';
import { type RawBuilder, sql } from 'kysely';
import { searchText } from '../dialogue/questions/similar/search-text.ts';
import {
  maxSimilar,
  similarFrom,
  type SimilarQuestions,
  type SimilarScope,
} from '../dialogue/questions/similar/similar.ts';
import { arrayLiteral, arrayOf } from './arrays.ts';
import type { Database } from './database.ts';

/** Questions compared with each one in full: those that share the most pairs of words with it. */
const maxCompared = 20;
/** Texts prepared in one step: the event loop and the commands of a live dialogue come between. */
const fillStep = 200;

interface Match extends SimilarQuestion {
  of: string;
}

/**
 * Questions alike, by the trigrams of their words (pg_trgm). What a question is compared by is kept
 * beside it and written when somebody asks, not when a command is carried out.
 */
export function similarQuestions(db: Database): SimilarQuestions {
  /** One at a time for each dialogue: several pages ask at once, for the same texts. */
  const filling = new Map<string, Promise<void>>();

  function fillOnce(dialogueId: string): Promise<void> {
    const running = filling.get(dialogueId) ?? fill(db, dialogueId);
    filling.set(dialogueId, running);
    return running.finally(() => filling.delete(dialogueId));
  }

  return {
    async of(dialogueId, questionIds, scope) {
      await fillOnce(dialogueId);
      const { rows } = await matches(dialogueId, questionIds, scope).execute(db);
      const similar: Record<string, SimilarQuestion[]> = {};
      for (const id of questionIds) similar[id] = [];
      for (const { of, questionId, score } of rows) similar[of]!.push({ questionId, score });
      return similar;
    },
  };
}

/** Prepares the texts that are new, or were worded anew. */
async function fill(db: Database, dialogueId: string): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ id: string; revision: number; wording: string }>`
      select id, revision, wording from question
      where dialogue_id = ${dialogueId} and state not in ('withdrawn', 'merged')
        and not exists (
          select from question_search known
          where known.dialogue_id = question.dialogue_id and known.id = question.id
            and known.revision = question.revision
        )
      limit ${fillStep}
    `.execute(db);
    if (rows.length === 0) return;
    const texts = rows.map(({ wording }) => searchText(wording));
    await sql`
      with written as (
        insert into question_search (dialogue_id, id, revision, plain, marked, pairs)
        select ${dialogueId}::uuid, id, revision, plain, marked, pairs::integer[]
        from unnest(
          ${arrayOf(
            'uuid',
            rows.map(({ id }) => id),
          )},
          ${arrayOf(
            'integer',
            rows.map(({ revision }) => revision),
          )},
          ${arrayOf(
            'text',
            texts.map(({ plain }) => plain),
          )},
          ${arrayOf(
            'text',
            texts.map(({ marked }) => marked),
          )},
          ${arrayOf(
            'text',
            texts.map(({ pairs }) => arrayLiteral(pairs)),
          )}
        ) as text (id, revision, plain, marked, pairs)
        on conflict (dialogue_id, id) do update
        set (revision, plain, marked, pairs) =
          row (excluded.revision, excluded.plain, excluded.marked, excluded.pairs)
        returning dialogue_id, id, pairs
      )
      -- A pair that a former wording had stays: it makes one candidate more, never a match.
      insert into question_pair (dialogue_id, pair, id)
      select dialogue_id, unnest(pairs), id from written
      on conflict do nothing
    `.execute(db);
  }
}

function matches(
  dialogueId: string,
  questionIds: readonly string[],
  { states, bridgePointId }: SimilarScope,
): RawBuilder<Match> {
  return sql<Match>`
    with eligible as materialized (
      select id from question
      where dialogue_id = ${dialogueId}
        and state = any(${arrayOf('text', states)})
        and (${bridgePointId}::uuid is null or bridge_point_id = ${bridgePointId}::uuid)
    ), asked as materialized (
      select id, plain, marked, pairs, marked <> plain as has_marks from question_search
      where dialogue_id = ${dialogueId}
        and id = any(${arrayOf('uuid', questionIds)})
        and id in (select id from eligible)
    ), wanted as (
      select id, unnest(pairs) as pair from asked
    ), shared as (
      select wanted.id as of, candidate.id, count(*) as pairs
      from wanted join question_pair candidate
        on candidate.dialogue_id = ${dialogueId} and candidate.pair = wanted.pair
      where candidate.id <> wanted.id and candidate.id in (select id from eligible)
      group by 1, 2
    ), nearest as (
      select of, id, row_number() over (partition by of order by pairs desc, id) as place
      from shared
    ), scored as (
      select nearest.of, nearest.id,
        case when asked.has_marks and other.marked <> other.plain
          then similarity(other.marked, asked.marked)
          else similarity(other.plain, asked.plain)
        end as score
      from nearest
      join asked on asked.id = nearest.of
      join question_search other on other.dialogue_id = ${dialogueId} and other.id = nearest.id
      where nearest.place <= ${maxCompared}
    ), best as (
      select of, id, score, row_number() over (partition by of order by score desc, id) as rank
      from scored where score >= ${similarFrom}
    )
    select of, id as "questionId", score from best
    where rank <= ${maxSimilar} order by of, rank
  `;
}
