import { createAccountBody } from '@nhip-cau/shared/protocol/http';
import type { AccountService } from '../../../dialogue/people/accounts.ts';
import { requireId, route, type Route } from '../route.ts';

/** Staff accounts, for an admin. */
export function accountRoutes(accounts: AccountService): Route[] {
  const action = 'account.manage';
  return [
    route({
      method: 'get',
      path: '/api/accounts',
      action,
      handle: () => accounts.list(),
    }),
    route({
      method: 'post',
      path: '/api/accounts',
      action,
      body: createAccountBody,
      handle: ({ body: { accountId: id, ...input } }) => accounts.create({ id, ...input }),
    }),
    route({
      method: 'post',
      path: '/api/accounts/:accountId/reset-password',
      action,
      handle: ({ param }) => accounts.resetPassword(requireId(param('accountId'))),
    }),
    route({
      method: 'post',
      path: '/api/accounts/:accountId/disable',
      action,
      handle: ({ param }) => accounts.setDisabled(requireId(param('accountId')), true),
    }),
    route({
      method: 'post',
      path: '/api/accounts/:accountId/enable',
      action,
      handle: ({ param }) => accounts.setDisabled(requireId(param('accountId')), false),
    }),
    route({
      method: 'get',
      path: '/api/dialogues/:dialogueId/member-choices',
      action: 'member.assign',
      handle: ({ dialogue }) => accounts.choices(dialogue()),
    }),
  ];
}
