import { similarBody, type SimilarBody } from '@nhip-cau/shared/protocol/http';
import { questionImportBody } from '@nhip-cau/shared/protocol/question-import';
import { type Actor, may } from '../../../dialogue/kernel/actor.ts';
import type { LogReader } from '../../../dialogue/kernel/ports.ts';
import { buildBriefing } from '../../../dialogue/questions/briefing.ts';
import { readHistory } from '../../../dialogue/questions/history.ts';
import {
  cityScope,
  hallScope,
  type SimilarQuestions,
} from '../../../dialogue/questions/similar/similar.ts';
import type { QuestionImportService } from '../../../dialogue/questions/import/service.ts';
import { maxTableBytes } from '../../../dialogue/tables/read-table.ts';
import { requireId, route, type Route, type RouteContext } from '../route.ts';

/** A secretary walks down the list with the history open. */
const histories = { points: 300, seconds: 60 };
const briefings = { points: 60, seconds: 60 };
const bySession = ({ session }: Pick<RouteContext, 'session'>) => session?.id ?? '';

/** What is looked up beside the questions on the boards. */
export function questionRoutes(
  similar: SimilarQuestions,
  log: LogReader,
  imports: QuestionImportService,
): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/dialogues/:dialogueId/similar',
      action: 'question.similar',
      body: similarBody,
      limit: { points: 120, seconds: 60, key: bySession },
      object: ({ actor }) => ({ bridgePointId: hallOf(actor()) }),
      async handle({ actor, dialogue, body }): Promise<SimilarBody> {
        const hall = hallOf(actor());
        const scope = hall === null ? cityScope : hallScope(hall);
        return { similar: await similar.of(dialogue().id, body.questionIds, scope) };
      },
    }),
    route({
      method: 'get',
      path: '/api/dialogues/:dialogueId/questions/:questionId/history',
      action: 'question.history',
      limit: { ...histories, key: bySession },
      handle({ actor, dialogue, param }) {
        const state = dialogue();
        const readsNotes = may(actor(), 'audience.desk', { dialogueId: state.id }, state);
        const questionId = requireId(param('questionId'));
        return readHistory(log, state, questionId, readsNotes ? 'desk' : 'host');
      },
    }),
    route({
      method: 'get',
      path: '/api/dialogues/:dialogueId/briefing',
      action: 'briefing.read',
      limit: { ...briefings, key: bySession },
      handle: ({ dialogue }) => buildBriefing(dialogue(), Date.now()),
    }),
    route({
      method: 'post',
      path: '/api/dialogues/:dialogueId/question-imports',
      action: 'question.import',
      uploadBytes: maxTableBytes,
      limit: { points: 20, seconds: 60, key: bySession },
      handle: ({ staff, dialogue, request }) =>
        imports.preview(staff(), dialogue(), request.body as Buffer),
    }),
    route({
      method: 'post',
      path: '/api/dialogues/:dialogueId/question-imports/confirm',
      action: 'question.import',
      body: questionImportBody,
      handle: ({ staff, dialogue, body }) =>
        imports.confirm(staff(), dialogue(), body.importId, body.skipAlike),
    }),
  ];
}

/** A hall's computer asks for its own hall. */
const hallOf = (actor: Actor) => (actor.kind === 'device' ? actor.bridgePointId : null);
