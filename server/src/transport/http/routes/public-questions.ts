import { formQuestionBody, questionCode } from '@nhip-cau/shared/protocol/http';
import { maxFileBytes } from '../../../dialogue/attachments/service.ts';
import { Refusal } from '../../../dialogue/kernel/refusal.ts';
import type { FateService } from '../../../dialogue/questions/fate.ts';
import type { PublicForm } from '../../../dialogue/questions/public-form.ts';
import { requireId, route, type Route, type RouteContext } from '../route.ts';

const address = ({ request }: Pick<RouteContext, 'request'>) => request.ip ?? '';
/** A whole office may open the form behind one address, a village's people at one meeting. */
const openings = { points: 600, seconds: 60 };
const questions = { points: 120, seconds: 600 };
const uploads = { points: 60, seconds: 600 };
const lookUps = { points: 600, seconds: 60 };
/** Of 26 million million codes; many a mistyped one comes from behind one operator's address. */
const codeGuesses = { points: 300, seconds: 600 };

/** What is open to people without any session: the form before the event, and a question's fate. */
export function publicQuestionRoutes(form: PublicForm, fates: FateService): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/forms/:dialogueId',
      action: 'public',
      limit: { ...openings, key: address },
      handle: ({ dialogue }) => form.describe(dialogue()),
    }),
    route({
      method: 'post',
      path: '/api/forms/:dialogueId/questions',
      action: 'public',
      body: formQuestionBody,
      limit: { ...questions, key: address },
      handle: ({ dialogue, body: { commandId, website: _, ...question } }) =>
        form.receive(dialogue(), commandId, question),
    }),
    route({
      method: 'post',
      path: '/api/forms/:dialogueId/questions/:questionId/attachments',
      action: 'public',
      uploadBytes: maxFileBytes,
      limit: { ...uploads, key: address },
      before: ({ dialogue }) => form.requireOpen(dialogue()),
      handle({ dialogue, param, request }) {
        const questionId = requireId(param('questionId'));
        return form.upload(dialogue(), questionId, request.body as Buffer, address({ request }));
      },
    }),
    route({
      method: 'get',
      path: '/api/question-codes/:code',
      action: 'public',
      limit: { ...lookUps, key: address },
      guesses: codeGuesses,
      handle: ({ param }) => fates.find(codeIn(param('code'))),
    }),
  ];
}

function codeIn(text: string): string {
  const code = questionCode.safeParse(text);
  if (!code.success) throw new Refusal('code_unknown');
  return code.data;
}
