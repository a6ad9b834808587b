import type { JoinCodes } from '../dialogue/people/joining.ts';
import type { PairingCode, PairingCodeStore } from '../dialogue/people/pairing.ts';
import type { Database } from './database.ts';

/** Codes for halls' computers in PostgreSQL. */
export function pairingCodeStore(db: Database): PairingCodeStore {
  return {
    async replace(codes: PairingCode[]) {
      const first = codes[0];
      if (first === undefined) return;
      await db.transaction().execute(async (trx) => {
        await trx
          .deleteFrom('pairingCode')
          .where('dialogueId', '=', first.dialogueId)
          .where('deviceRole', '=', first.deviceRole)
          .where(
            'bridgePointId',
            'in',
            codes.map(({ bridgePointId }) => bridgePointId),
          )
          .where('usedAt', 'is', null)
          .execute();
        await trx
          .insertInto('pairingCode')
          .values(codes.map((code) => ({ ...code, usedAt: null })))
          .execute();
      });
    },

    async find(code, now) {
      const found = await db
        .selectFrom('pairingCode')
        .select(['code', 'dialogueId', 'bridgePointId', 'deviceRole', 'createdAt', 'expiresAt'])
        .where('code', '=', code)
        .where('usedAt', 'is', null)
        .where('expiresAt', '>', now)
        .executeTakeFirst();
      return found ?? null;
    },

    async use(code, now) {
      const used = await db
        .updateTable('pairingCode')
        .set({ usedAt: now })
        .where('code', '=', code)
        .where('usedAt', 'is', null)
        .where('expiresAt', '>', now)
        .executeTakeFirst();
      return used.numUpdatedRows === 1n;
    },
  };
}

/** The codes on the halls' posters, from the read model. */
export function joinCodes(db: Database): JoinCodes {
  return {
    async find(joinCode) {
      const found = await db
        .selectFrom('bridgePoint')
        .select(['dialogueId', 'id as bridgePointId'])
        .where('joinCode', '=', joinCode)
        .executeTakeFirst();
      return found ?? null;
    },
  };
}
