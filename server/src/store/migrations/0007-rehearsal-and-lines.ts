import { type Kysely, sql } from 'kysely';

/** The rehearsal and the roll call, the technicians' lines, what is asked of a hall's equipment. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    `create table readiness (
       dialogue_id uuid not null references dialogue (id),
       id uuid not null,
       reports jsonb not null,
       roll_call jsonb,
       primary key (dialogue_id, id)
     )`,
    `create table line (
       dialogue_id uuid not null references dialogue (id),
       id uuid not null,
       state text not null,
       rung_by text,
       account_id uuid,
       name text,
       since bigint not null,
       primary key (dialogue_id, id)
     )`,
    `create table line_message (
       dialogue_id uuid not null references dialogue (id),
       id uuid not null,
       bridge_point_id uuid not null,
       "from" text not null,
       by text,
       text text not null,
       at bigint not null,
       position integer not null,
       primary key (dialogue_id, id)
     )`,
    `create table equipment (
       dialogue_id uuid not null references dialogue (id),
       id uuid not null,
       muted boolean not null,
       muted_by text,
       camera jsonb,
       microphone jsonb,
       primary key (dialogue_id, id)
     )`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}
