import { type Kysely, sql } from 'kysely';

/**
 * The log and its outcomes are the truth. The tables after them are read models, written in the
 * same transaction; `verify-log` shows that they agree.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table log_head (
      dialogue_id uuid primary key,
      seq bigint not null,
      hash text not null
    )
  `.execute(db);
  await sql`
    create table log_entry (
      dialogue_id uuid not null,
      seq bigint not null,
      at bigint not null,
      actor jsonb not null,
      command_id uuid not null,
      type text not null,
      payload jsonb not null,
      prev_hash text not null,
      hash text not null,
      primary key (dialogue_id, seq)
    )
  `.execute(db);
  await sql`
    create function refuse_change() returns trigger language plpgsql as $$
      begin raise exception 'the log is append-only'; end
    $$
  `.execute(db);
  await sql`
    create trigger log_entry_is_append_only before update or delete or truncate on log_entry
    for each statement execute function refuse_change()
  `.execute(db);
  await sql`
    create table command_outcome (
      dialogue_id uuid not null,
      command_id uuid not null,
      actor_key text not null,
      seq bigint not null,
      primary key (dialogue_id, command_id)
    )
  `.execute(db);

  await sql`
    create table dialogue (
      id uuid primary key,
      title text not null,
      organiser text not null,
      starts_at bigint not null,
      state text not null,
      fields jsonb not null,
      agencies jsonb not null,
      name_policy text not null,
      turn_seconds integer not null,
      central_bridge_point_id uuid not null,
      created_at bigint not null,
      started_at bigint,
      ended_at bigint
    )
  `.execute(db);
  await sql`
    create table bridge_point (
      dialogue_id uuid not null references dialogue (id),
      id uuid not null,
      code text not null,
      name text not null,
      district text not null,
      kind text not null,
      is_central boolean not null,
      expected_attendance integer not null,
      headcount integer,
      headcount_at bigint,
      joined integer not null,
      join_code text not null unique,
      primary key (dialogue_id, id),
      unique (dialogue_id, code)
    )
  `.execute(db);
  await sql`create unique index bridge_point_id on bridge_point (id)`.execute(db);
  await sql`
    create table member (
      dialogue_id uuid not null references dialogue (id),
      id uuid not null,
      account_id uuid not null,
      role text not null,
      primary key (dialogue_id, id),
      unique (dialogue_id, account_id, role)
    )
  `.execute(db);
  await sql`create index member_account on member (account_id)`.execute(db);
  await sql`
    create table person (
      dialogue_id uuid not null references dialogue (id),
      id uuid not null,
      bridge_point_id uuid not null,
      name text,
      joined_at bigint not null,
      primary key (dialogue_id, id)
    )
  `.execute(db);
  await sql`
    create table question (
      dialogue_id uuid not null references dialogue (id),
      id uuid not null,
      bridge_point_id uuid not null,
      person_id uuid,
      channel text not null,
      original text not null,
      wording text not null,
      field text,
      state text not null,
      asker text,
      name_visibility text not null,
      asked_at bigint not null,
      forwarded_at bigint,
      accepted_at bigint,
      rank double precision,
      return_reason text,
      returned_by text,
      disposition jsonb,
      turn_id uuid,
      primary key (dialogue_id, id)
    )
  `.execute(db);
  await sql`
    create table hand (
      dialogue_id uuid not null references dialogue (id),
      id uuid not null,
      bridge_point_id uuid not null,
      person_id uuid,
      name text,
      raised_at bigint not null,
      position bigint not null,
      lowered_at bigint,
      primary key (dialogue_id, id)
    )
  `.execute(db);
  await sql`
    create table turn (
      dialogue_id uuid not null references dialogue (id),
      id uuid not null,
      question_id uuid not null,
      bridge_point_id uuid not null,
      state text not null,
      clock jsonb not null,
      budget_ms integer not null,
      prepared_at bigint,
      called_at bigint,
      ended_at bigint,
      primary key (dialogue_id, id)
    )
  `.execute(db);
  await sql`
    create table transcript_line (
      dialogue_id uuid not null references dialogue (id),
      id uuid not null,
      position integer not null,
      at bigint not null,
      text text not null,
      turn_id uuid,
      offset_ms bigint not null,
      primary key (dialogue_id, id)
    )
  `.execute(db);

  await sql`
    create table account (
      id uuid primary key,
      username text not null unique,
      display_name text not null,
      password_hash text not null,
      is_admin boolean not null,
      must_change_password boolean not null,
      failures integer not null default 0,
      locked_until bigint,
      disabled_at bigint,
      created_at bigint not null
    )
  `.execute(db);
  await sql`
    create table session (
      id uuid primary key,
      token_hash text not null unique,
      kind text not null check (kind in ('staff', 'device', 'person')),
      account_id uuid references account (id),
      dialogue_id uuid references dialogue (id),
      bridge_point_id uuid,
      device_role text,
      person_id uuid,
      user_agent text not null,
      created_at bigint not null,
      last_seen_at bigint not null,
      expires_at bigint not null,
      revoked_at bigint
    )
  `.execute(db);
  await sql`create index session_account on session (account_id)`.execute(db);
  await sql`create index session_dialogue on session (dialogue_id)`.execute(db);
  await sql`
    create table pairing_code (
      code text primary key,
      dialogue_id uuid not null references dialogue (id),
      bridge_point_id uuid not null,
      device_role text not null,
      created_at bigint not null,
      expires_at bigint not null,
      used_at bigint
    )
  `.execute(db);
}
