import { type Kysely, sql } from 'kysely';

/** Lines that an engine has heard and people correct; how far the transcript is. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    `create table transcript (
       dialogue_id uuid not null,
       id uuid not null,
       state text not null,
       version integer not null,
       certifications jsonb not null,
       is_muted boolean not null,
       terms jsonb not null,
       abbreviations jsonb not null,
       primary key (dialogue_id, id)
     )`,
    `alter table transcript_line
       add column end_at bigint,
       add column track text not null default 'vi',
       add column bridge_point_id uuid,
       add column question_id uuid,
       add column speaker_name text,
       add column raw text,
       add column words jsonb,
       add column confidence double precision,
       add column source text not null default 'typed',
       add column engine text,
       add column is_late boolean not null default false,
       add column audio jsonb,
       add column revision integer not null default 0,
       add column is_corrected boolean not null default false,
       add column is_withheld boolean not null default false,
       add column redactions jsonb not null default '[]',
       add column removed_at bigint`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}
