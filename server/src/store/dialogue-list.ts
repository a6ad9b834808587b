import type { MemberRole } from '@nhip-cau/shared/model/roles';
import { sql } from 'kysely';
import type { DialogueList } from '../dialogue/people/dialogue-list.ts';
import type { Database } from './database.ts';

/** Most dialogues that one list shows. */
const maxListed = 500;

export function dialogueList(db: Database): DialogueList {
  return {
    async list(accountId, all) {
      const roles = sql<MemberRole[]>`array(
        select role from member
        where member.dialogue_id = dialogue.id and member.account_id = ${accountId}
        order by role
      )`;
      const halls = sql<number>`(
        select count(*)::integer from bridge_point
        where bridge_point.dialogue_id = dialogue.id and not is_central
      )`;
      let query = db
        .selectFrom('dialogue')
        .select(['id', 'title', 'organiser', 'state', 'startsAt'])
        .select([roles.as('roles'), halls.as('bridgePoints')]);
      if (!all) {
        query = query.where((where) =>
          where.exists(
            where
              .selectFrom('member')
              .select('member.id')
              .whereRef('member.dialogueId', '=', 'dialogue.id')
              .where('member.accountId', '=', accountId),
          ),
        );
      }
      return query.orderBy('startsAt', 'desc').orderBy('id').limit(maxListed).execute();
    },
  };
}
