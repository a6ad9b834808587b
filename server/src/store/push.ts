import type { PushStore } from '../dialogue/push/ports.ts';
import type { Database } from './database.ts';

/** The server's keys and the browsers to be told, in PostgreSQL. */
export function pushStore(db: Database): PushStore {
  return {
    async keys(fresh) {
      await db
        .insertInto('pushKey')
        .values({ id: 1, ...fresh })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      return db.selectFrom('pushKey').select(['publicKey', 'privateKey']).executeTakeFirstOrThrow();
    },

    async put(subscription, max, at) {
      const { dialogueId, personId, p256dh, auth } = subscription;
      await db
        .insertInto('pushSubscription')
        .values({ ...subscription, createdAt: at })
        .onConflict((conflict) =>
          // One browser tells one person: on a shared phone, who asked last.
          conflict
            .columns(['dialogueId', 'endpoint'])
            .doUpdateSet({ personId, p256dh, auth, createdAt: at }),
        )
        .execute();
      const ofPerson = db
        .selectFrom('pushSubscription')
        .select('endpoint')
        .where('dialogueId', '=', dialogueId)
        .where('personId', '=', personId)
        .orderBy('createdAt', 'desc')
        .offset(max);
      await db
        .deleteFrom('pushSubscription')
        .where('dialogueId', '=', dialogueId)
        .where('personId', '=', personId)
        .where('endpoint', 'in', ofPerson)
        .execute();
    },

    async remove(dialogueId, personId, endpoint) {
      await db
        .deleteFrom('pushSubscription')
        .where('dialogueId', '=', dialogueId)
        .where('personId', '=', personId)
        .where('endpoint', '=', endpoint)
        .execute();
    },

    async removeGone(endpoint) {
      await db.deleteFrom('pushSubscription').where('endpoint', '=', endpoint).execute();
    },

    async of(dialogueId, personIds) {
      return db
        .selectFrom('pushSubscription')
        .select(['dialogueId', 'personId', 'endpoint', 'p256dh', 'auth'])
        .where('dialogueId', '=', dialogueId)
        .where('personId', 'in', [...personIds])
        .execute();
    },
  };
}
