import type { AccountChange, AccountStore, Account } from '../dialogue/people/accounts.ts';
import type { LockState } from '../dialogue/people/lock-out.ts';
import type { Database } from './database.ts';

/** Staff accounts in PostgreSQL. */
export function accountStore(db: Database): AccountStore {
  return {
    async insert(account: Account) {
      await db
        .insertInto('account')
        .values(account)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },

    async find(by) {
      const query = db.selectFrom('account').selectAll();
      const found = await (
        'id' in by ? query.where('id', '=', by.id) : query.where('username', '=', by.username)
      ).executeTakeFirst();
      return found ?? null;
    },

    list: () => db.selectFrom('account').selectAll().orderBy('username').execute(),

    async update(id: string, change: AccountChange) {
      await db.updateTable('account').set(change).where('id', '=', id).execute();
    },

    advanceLock: (id: string, next: (state: LockState) => LockState | null) =>
      db.transaction().execute(async (trx) => {
        const state = await trx
          .selectFrom('account')
          .select(['failures', 'lockedUntil'])
          .where('id', '=', id)
          .forUpdate()
          .executeTakeFirst();
        const change = state ? next(state) : null;
        if (change === null) return false;
        await trx.updateTable('account').set(change).where('id', '=', id).execute();
        return true;
      }),
  };
}
