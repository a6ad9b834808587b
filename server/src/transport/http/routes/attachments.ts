import type { ActionObject } from '@nhip-cau/shared/model/permissions';
import type { Response } from 'express';
import {
  type AttachmentService,
  maxDeckBytes,
  maxFileBytes,
} from '../../../dialogue/attachments/service.ts';
import { actorKey } from '../../../dialogue/kernel/actor.ts';
import { Refusal } from '../../../dialogue/kernel/refusal.ts';
import { requireId, route, type Route, type RouteContext } from '../route.ts';

/** A few questions' worth, and second thoughts; a secretary types in for many people. */
const uploads = { points: 60, seconds: 600 };
/** A moderator goes through a hall's questions with all their pages. */
const reads = { points: 1_200, seconds: 60 };
const bySession = ({ session }: Pick<RouteContext, 'session'>) => session?.id ?? '';

/** Pictures and documents of questions. */
export function attachmentRoutes(attachments: AttachmentService): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/dialogues/:dialogueId/attachments',
      action: 'attachment.upload',
      object: own,
      uploadBytes: maxFileBytes,
      limit: { ...uploads, key: bySession },
      before: ({ dialogue }) => attachments.requireOpen(dialogue()),
      handle: ({ actor, dialogue, request }) =>
        attachments.upload(dialogue(), actorKey(actor()), request.body as Buffer),
    }),
    route({
      method: 'post',
      path: '/api/dialogues/:dialogueId/decks',
      action: 'presentation.addDeck',
      uploadBytes: maxDeckBytes,
      limit: { ...uploads, key: bySession },
      handle: ({ actor, dialogue, request }) =>
        attachments.uploadDeck(dialogue(), actorKey(actor()), request.body as Buffer),
    }),
    route({
      method: 'get',
      path: '/api/dialogues/:dialogueId/decks/:deckId/pages/:page',
      action: 'audience.everyone',
      limit: { ...reads, key: bySession },
      async handle({ dialogue, param, response }) {
        const deckId = requireId(param('deckId'));
        const page = pageNumber(param('page'));
        sendPage(
          response,
          `${deckId}-${page}`,
          await attachments.shownPage(dialogue(), deckId, page),
        );
      },
    }),
    route({
      method: 'get',
      path: '/api/dialogues/:dialogueId/attachments/:attachmentId',
      action: 'attachment.read',
      object: ofQuestion,
      limit: { ...reads, key: bySession },
      handle: ({ actor, dialogue, param }) =>
        attachments.describe(actor(), dialogue(), requireId(param('attachmentId'))),
    }),
    route({
      method: 'get',
      path: '/api/dialogues/:dialogueId/attachments/:attachmentId/pages/:page',
      action: 'attachment.read',
      object: ofQuestion,
      limit: { ...reads, key: bySession },
      async handle({ actor, dialogue, param, response }) {
        const id = requireId(param('attachmentId'));
        const page = pageNumber(param('page'));
        sendPage(response, `${id}-${page}`, await attachments.page(actor(), dialogue(), id, page));
      },
    }),
  ];
}

function sendPage(response: Response, name: string, bytes: Uint8Array): void {
  response.set({
    'Content-Type': 'image/jpeg',
    'Content-Disposition': `inline; filename="${name}.jpg"`,
    // Opened by itself, it is a picture and nothing that could act.
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cache-Control': 'private, max-age=3600',
  });
  response.send(bytes);
}

function own({ actor }: RouteContext<undefined>): ActionObject {
  const who = actor();
  return {
    bridgePointId: 'bridgePointId' in who ? who.bridgePointId : null,
    personId: who.kind === 'person' ? who.personId : null,
  };
}

/** Of the question that carries it; before that, the service looks for who sent it. */
function ofQuestion(context: RouteContext<undefined>): ActionObject {
  const question = context.dialogue().questionsByAttachment.get(context.param('attachmentId'));
  if (!question) return own(context);
  const { bridgePointId, personId } = question;
  return { bridgePointId, personId };
}

function pageNumber(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new Refusal('not_found', { kind: 'page' });
  return Number(text);
}
