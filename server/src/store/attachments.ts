import { sql } from 'kysely';
import type { AttachmentStore } from '../dialogue/attachments/ports.ts';
import type { Database } from './database.ts';

/** Pictures and documents in PostgreSQL: one backup holds them and the log that names them. */
export function attachmentStore(db: Database): AttachmentStore {
  return {
    async insert(attachment, pages) {
      await db.transaction().execute(async (trx) => {
        await trx.insertInto('attachment').values(attachment).execute();
        await trx
          .insertInto('attachmentPage')
          .values(
            pages.map(({ width, height, bytes }, index) => ({
              attachmentId: attachment.id,
              number: index + 1,
              width,
              height,
              jpeg: Buffer.from(bytes),
            })),
          )
          .execute();
      });
    },

    async find(dialogueId, id) {
      const found = await db
        .selectFrom('attachment')
        .selectAll()
        .where('id', '=', id)
        .where('dialogueId', '=', dialogueId)
        .executeTakeFirst();
      return found ?? null;
    },

    async page(id, number) {
      const found = await db
        .selectFrom('attachmentPage')
        .select('jpeg')
        .where('attachmentId', '=', id)
        .where('number', '=', number)
        .executeTakeFirst();
      return found?.jpeg ?? null;
    },

    async use(dialogueId, owner) {
      const { ownFiles, allBytes } = await db
        .selectFrom('attachment')
        .select([
          sql<number>`count(*) filter (where owner = ${owner})`.as('ownFiles'),
          sql<string>`coalesce(sum(bytes), 0)`.as('allBytes'),
        ])
        .where('dialogueId', '=', dialogueId)
        .executeTakeFirstOrThrow();
      return { ownFiles, allBytes: Number(allBytes) };
    },

    async sweep(time) {
      const removed = await db
        .deleteFrom('attachment')
        .where('createdAt', '<', time)
        .where(
          sql<boolean>`not exists (
            select from question
            where question.dialogue_id = attachment.dialogue_id
              and question.attachment_ids ? attachment.id::text
          )`,
        )
        .executeTakeFirst();
      return Number(removed.numDeletedRows);
    },
  };
}
