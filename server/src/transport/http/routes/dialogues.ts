import { createDialogueBody, importBody } from '@nhip-cau/shared/protocol/http';
import { maxTableBytes } from '../../../dialogue/tables/read-table.ts';
import type { ImportService } from '../../../dialogue/bridge-points/import/service.ts';
import type { DialogueEngine } from '../../../dialogue/kernel/engine.ts';
import { Refusal } from '../../../dialogue/kernel/refusal.ts';
import type { DialogueList } from '../../../dialogue/people/dialogue-list.ts';
import { route, type Route } from '../route.ts';

/** Dialogues and their lists of halls. */
export function dialogueRoutes(
  list: DialogueList,
  engine: DialogueEngine,
  imports: ImportService,
): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/dialogues',
      action: 'signedIn',
      handle({ staff }) {
        const { accountId, isAdmin } = staff();
        return list.list(accountId, isAdmin);
      },
    }),
    route({
      method: 'post',
      path: '/api/dialogues',
      action: 'dialogue.create',
      body: createDialogueBody,
      async handle({ actor, body: { commandId, dialogueId, settings } }) {
        const outcome = await engine.execute(actor(), {
          commandId,
          dialogueId,
          name: 'dialogue.create',
          payload: settings,
        });
        if (!outcome.ok) throw new Refusal(outcome.error.code, outcome.error.details);
        return { dialogueId, seq: outcome.seq };
      },
    }),
    route({
      method: 'post',
      path: '/api/dialogues/:dialogueId/imports',
      action: 'bridgePoint.import',
      uploadBytes: maxTableBytes,
      handle: ({ staff, dialogue, request }) =>
        imports.preview(staff(), dialogue(), request.body as Buffer),
    }),
    route({
      method: 'post',
      path: '/api/dialogues/:dialogueId/imports/confirm',
      action: 'bridgePoint.import',
      body: importBody,
      handle: ({ staff, dialogue, body }) =>
        imports.confirm(staff(), dialogue(), body.importId, body.commandId),
    }),
  ];
}
