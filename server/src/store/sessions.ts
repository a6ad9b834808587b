import { sql } from 'kysely';
import type {
  LiveSession,
  NewSession,
  RevokeFilter,
  SessionStore,
  SessionSubject,
} from '../dialogue/people/sessions.ts';
import type { Database } from './database.ts';
import type { SessionTable } from './tables.ts';

/** Sessions in PostgreSQL. */
export function sessionStore(db: Database): SessionStore {
  /** Those that hold, with the name of their subject. */
  const holding = () =>
    db
      .selectFrom('session')
      .leftJoin('account', 'account.id', 'session.accountId')
      .leftJoin('bridgePoint', 'bridgePoint.id', 'session.bridgePointId')
      .leftJoin('person', (join) =>
        join
          .onRef('person.dialogueId', '=', 'session.dialogueId')
          .onRef('person.id', '=', 'session.personId'),
      )
      .selectAll('session')
      .select(['account.displayName', 'account.isAdmin', 'account.mustChangePassword'])
      .select(['bridgePoint.name as bridgePointName', 'person.name as personName'])
      .where('session.revokedAt', 'is', null)
      .where('account.disabledAt', 'is', null);

  return {
    async insert(sessions: readonly NewSession[]) {
      await db
        .insertInto('session')
        .values(
          sessions.map(({ subject, ...session }) => ({
            ...session,
            ...columnsOf(subject),
            lastSeenAt: session.createdAt,
            revokedAt: null,
          })),
        )
        .execute();
    },

    async find(tokenHashes) {
      return byTokenHash(
        await holding()
          .where('session.tokenHash', '=', sql<string>`any(${tokenHashes})`)
          .execute(),
      );
    },

    async findById(ids) {
      return byTokenHash(
        await holding()
          .where('session.id', '=', sql<string>`any(${ids}::uuid[])`)
          .execute(),
      );
    },

    async markSeen(sessions) {
      await sql`
        update session set last_seen_at = seen."lastSeenAt", expires_at = seen."expiresAt"
        from jsonb_to_recordset(${JSON.stringify(sessions)}::jsonb)
          as seen (id uuid, "lastSeenAt" bigint, "expiresAt" bigint)
        where session.id = seen.id and session.revoked_at is null
      `.execute(db);
    },

    async list(dialogueId, now) {
      let query = holding().where('session.expiresAt', '>', now);
      if (dialogueId !== null) query = query.where('session.dialogueId', '=', dialogueId);
      const rows = await query.orderBy('session.createdAt', 'desc').execute();
      return rows.map((row) => ({
        id: row.id,
        kind: row.kind,
        displayName: nameOf(row),
        deviceRole: row.deviceRole,
        dialogueId: row.dialogueId,
        bridgePointId: row.bridgePointId,
        userAgent: row.userAgent,
        createdAt: row.createdAt,
        lastSeenAt: row.lastSeenAt,
        expiresAt: row.expiresAt,
      }));
    },

    revoke(filter: RevokeFilter, now) {
      return db.transaction().execute(async (trx) => {
        let query = trx
          .updateTable('session')
          .set({ revokedAt: now })
          .where('revokedAt', 'is', null)
          .returning(['id', 'tokenHash', 'kind', 'dialogueId', 'bridgePointId', 'personId']);
        if ('sessionId' in filter) {
          query = query.where('id', '=', filter.sessionId);
          if (filter.dialogueId) query = query.where('dialogueId', '=', filter.dialogueId);
        } else {
          query = query.where('accountId', '=', filter.accountId);
          if (filter.exceptSessionId) query = query.where('id', '!=', filter.exceptSessionId);
        }
        const ended = await query.execute();
        for (const { kind, dialogueId, bridgePointId, personId } of ended) {
          if (kind === 'person') {
            await trx
              .deleteFrom('pushSubscription')
              .where('dialogueId', '=', dialogueId)
              .where('personId', '=', personId)
              .execute();
          }
          if (!('voidsCodes' in filter) || !filter.voidsCodes || kind !== 'device') continue;
          await trx
            .deleteFrom('pairingCode')
            .where('dialogueId', '=', dialogueId)
            .where('bridgePointId', '=', bridgePointId)
            .where('usedAt', 'is', null)
            .execute();
        }
        return ended.map(({ id, tokenHash }) => ({ id, tokenHash }));
      });
    },
  };
}

type HeldRow = SessionTable & {
  displayName: string | null;
  isAdmin: boolean | null;
  mustChangePassword: boolean | null;
  bridgePointName: string | null;
  personName: string | null;
};

function byTokenHash(rows: readonly HeldRow[]): Map<string, LiveSession> {
  return new Map(
    rows.map((row) => [
      row.tokenHash,
      {
        id: row.id,
        subject: subjectOf(row),
        displayName: nameOf(row),
        isAdmin: row.isAdmin ?? false,
        mustChangePassword: row.mustChangePassword ?? false,
        lastSeenAt: row.lastSeenAt,
        expiresAt: row.expiresAt,
      },
    ]),
  );
}

function columnsOf(subject: SessionSubject) {
  return {
    kind: subject.kind,
    accountId: subject.kind === 'staff' ? subject.accountId : null,
    dialogueId: subject.kind === 'staff' ? null : subject.dialogueId,
    bridgePointId: subject.kind === 'staff' ? null : subject.bridgePointId,
    deviceRole: subject.kind === 'device' ? subject.deviceRole : null,
    personId: subject.kind === 'person' ? subject.personId : null,
  };
}

function subjectOf(row: SessionTable): SessionSubject {
  const { kind, accountId, dialogueId, bridgePointId, deviceRole, personId } = row;
  if (kind === 'staff' && accountId) return { kind, accountId };
  if (kind === 'device' && dialogueId && bridgePointId && deviceRole) {
    return { kind, dialogueId, bridgePointId, deviceRole };
  }
  if (kind === 'person' && dialogueId && bridgePointId && personId) {
    return { kind, dialogueId, bridgePointId, personId };
  }
  throw new Error(`session ${row.id} names no subject`);
}

function nameOf(row: {
  kind: SessionTable['kind'];
  displayName: string | null;
  bridgePointName: string | null;
  personName: string | null;
}): string | null {
  if (row.kind === 'staff') return row.displayName;
  return row.kind === 'device' ? row.bridgePointName : row.personName;
}
