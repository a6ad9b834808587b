import { sql } from 'kysely';
import type { AttachmentStore, AttachmentUse } from '../dialogue/attachments/ports.ts';
import type { Database } from './database.ts';

const isForm = sql<boolean>`owner like 'form:%'`;
/** The owner names the question that is to carry it. */
const isCarried = sql<boolean>`exists (
  select from question
  where question.dialogue_id = attachment.dialogue_id
    and question.id = case when owner like 'form:%' then substr(owner, 6)::uuid end
    and question.attachment_ids ? attachment.id::text
)`;

async function useOf(db: Database, dialogueId: string, owner: string): Promise<AttachmentUse> {
  const { ownFiles, ...bytes } = await db
    .selectFrom('attachment')
    .select([
      sql<number>`count(*) filter (where owner = ${owner})`.as('ownFiles'),
      sql<string>`coalesce(sum(bytes), 0)`.as('allBytes'),
      sql<string>`coalesce(sum(bytes) filter (where ${isForm}), 0)`.as('formBytes'),
      sql<string>`coalesce(sum(bytes) filter (where ${isForm} and not ${isCarried}), 0)`.as(
        'looseFormBytes',
      ),
    ])
    .where('dialogueId', '=', dialogueId)
    .executeTakeFirstOrThrow();
  return {
    ownFiles: Number(ownFiles),
    allBytes: Number(bytes.allBytes),
    formBytes: Number(bytes.formBytes),
    looseFormBytes: Number(bytes.looseFormBytes),
  };
}

/** Pictures and documents in PostgreSQL: one backup holds them and the log that names them. */
export function attachmentStore(db: Database): AttachmentStore {
  return {
    async insert(attachment, pages, check) {
      const { dialogueId, owner } = attachment;
      await db.transaction().execute(async (trx) => {
        await sql`select pg_advisory_xact_lock(hashtextextended(${`files ${dialogueId}`}, 0))`.execute(
          trx,
        );
        check(await useOf(trx, dialogueId, owner));
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

    use: (dialogueId, owner) => useOf(db, dialogueId, owner),

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
        .where(
          sql<boolean>`not exists (
            select from deck
            where deck.dialogue_id = attachment.dialogue_id and deck.id = attachment.id
          )`,
        )
        .executeTakeFirst();
      return Number(removed.numDeletedRows);
    },
  };
}
