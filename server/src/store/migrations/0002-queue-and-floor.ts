import { type Kysely, sql } from 'kysely';

/** The rule of the queue, merged questions, notes, supports, kinds of turns, attendance by name. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    `alter table dialogue add column rules jsonb not null default '{}'`,
    `alter table bridge_point add column present integer not null default 0`,
    `alter table question
       drop column rank,
       add column urgency text not null default 'normal',
       add column code text,
       add column attachment_ids jsonb not null default '[]',
       add column revision integer not null default 0,
       add column supporters integer not null default 0,
       add column merged_into uuid,
       add column state_before text,
       add column pin jsonb,
       add column brief jsonb`,
    `create unique index question_code on question (code)`,
    `create table note (
       dialogue_id uuid not null references dialogue (id),
       id uuid not null,
       question_id uuid not null,
       text text not null,
       at bigint not null,
       by text,
       removed_at bigint,
       primary key (dialogue_id, id)
     )`,
    `create table support (
       dialogue_id uuid not null references dialogue (id),
       id uuid not null,
       question_id uuid not null,
       person_id uuid not null,
       at bigint not null,
       withdrawn_at bigint,
       primary key (dialogue_id, id)
     )`,
    `create table attendee (
       dialogue_id uuid not null references dialogue (id),
       id uuid not null,
       bridge_point_id uuid not null,
       person_id uuid,
       name text,
       how text not null,
       joined_at bigint,
       left_at bigint,
       removed_at bigint,
       primary key (dialogue_id, id)
     )`,
    `alter table turn
       alter column question_id drop not null,
       add column kind text not null default 'question',
       add column hand_id uuid,
       add column held_reason text,
       add column end_reason text,
       add column extended_ms integer not null default 0,
       add column district_spoken_ms bigint not null default 0`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}
