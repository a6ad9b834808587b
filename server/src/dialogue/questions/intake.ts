import type { CommandPayload } from '@nhip-cau/shared/protocol/commands';
import type { EntryDraft } from '../kernel/entries.ts';
import { bridgePointOf, type Context, existing, type Handlers } from '../kernel/handler.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { DialogueState, Hand } from '../kernel/state.ts';

/** Questions of one phone that may be waiting for their hall's moderator at once. */
export const maxOpenQuestionsPerPerson = 20;

/** Questions of one phone in one dialogue, withdrawn ones included: each stays in the log. */
export const maxQuestionsPerPerson = 100;

/** Questions from the public form that may wait at once, whoever they are from. */
export const maxOpenFormQuestions = 5_000;

/** Characters of the code by which an asker finds their question again. */
export const questionCodeLength = 9;

/** The ways in: everything that makes a question. */
export const intakeHandlers: Handlers<'question.ask' | 'question.receive' | 'question.import'> = {
  'question.ask': {
    object: (state, { bridgePointId }, actor) => ({
      dialogueId: existing(state).id,
      bridgePointId: bridgePointOf(state, bridgePointId).id,
      personId:
        actor.kind === 'person' && actor.bridgePointId === bridgePointId ? actor.personId : null,
    }),
    decide: decideAsk,
  },
  'question.receive': {
    object: (state) => ({ dialogueId: existing(state).id }),
    decide(state, payload, { newCode }) {
      const { questionId, asker, nameVisibility, attachmentIds, ...said } = payload;
      if (!existing(state).rules.publicForm) throw new Refusal('form_closed');
      requireNew(state, questionId);
      requireField(state, said.field);
      bridgePointOf(state, said.bridgePointId);
      requireFormRoom(state);
      return [
        {
          type: 'question.asked',
          payload: {
            questionId,
            personId: null,
            channel: 'form',
            ...said,
            ...named(state, asker, nameVisibility),
            code: newCode(questionCodeLength),
            attachmentIds: newAttachments(state, attachmentIds),
          },
        },
        { type: 'question.forwarded', payload: { questionId } },
      ];
    },
  },
  'question.import': {
    object: (state) => ({ dialogueId: existing(state).id }),
    decide(state, { questions }, { newCode }) {
      const ids = new Set<string>();
      for (const { questionId, bridgePointId, field } of questions) {
        requireNew(state, questionId);
        if (ids.has(questionId)) throw new Refusal('already_exists', { kind: 'question' });
        ids.add(questionId);
        bridgePointOf(state, bridgePointId);
        requireField(state, field);
      }
      const imported = questions.map(({ asker, nameVisibility, ...question }) => ({
        ...question,
        ...shown(
          asker,
          nameVisibility === 'none' || existing(state).namePolicy === 'none',
          nameVisibility,
        ),
        code: newCode(questionCodeLength),
      }));
      return [{ type: 'questions.imported', payload: { questions: imported } }];
    },
  },
};

function decideAsk(
  state: DialogueState,
  payload: CommandPayload<'question.ask'>,
  { actor, role, newCode }: Context,
): EntryDraft[] {
  const { questionId, bridgePointId, text, field, onBehalfOf, handId } = payload;
  requireNew(state, questionId);
  requireField(state, field);
  const byPerson = actor.kind === 'person';
  // What a person at a desk knows of others, an asker does not say of themselves.
  for (const path of ['onBehalfOf', 'handId', 'channel', 'urgency'] as const) {
    if (byPerson && payload[path] !== undefined) throw new Refusal('invalid', { path });
  }
  const hand = handId === undefined ? null : raisedHandIn(state, handId, bridgePointId);
  const person = byPerson
    ? state.persons.get(actor.personId)
    : hand?.personId
      ? state.persons.get(hand.personId)
      : undefined;
  if (byPerson) requireRoom(state, actor.personId);
  const name = onBehalfOf?.name ?? person?.name ?? hand?.name ?? null;
  const drafts: EntryDraft[] = [
    {
      type: 'question.asked',
      payload: {
        questionId,
        bridgePointId,
        personId: person?.id ?? null,
        channel: byPerson ? 'phone' : hand ? 'hand' : (payload.channel ?? 'onBehalf'),
        text,
        field,
        ...named(state, name, payload.nameVisibility),
        code: newCode(questionCodeLength),
        urgency: payload.urgency ?? 'normal',
        attachmentIds: newAttachments(state, payload.attachmentIds),
      },
    },
  ];
  if (hand) drafts.push({ type: 'hand.lowered', payload: { handId: hand.id } });
  // What the secretariat types in has no moderator to wait for.
  if (role === 'secretary') drafts.push({ type: 'question.forwarded', payload: { questionId } });
  return drafts;
}

type NameVisibility = CommandPayload<'question.ask'>['nameVisibility'];

/** The name as it may be kept. Throws `name_required` where the dialogue asks for one. */
function named(state: DialogueState, name: string | null, nameVisibility: NameVisibility) {
  const { namePolicy } = existing(state);
  const hidden = namePolicy === 'none' || nameVisibility === 'none';
  if (namePolicy === 'required' && (name === null || hidden)) throw new Refusal('name_required');
  return shown(name, hidden, nameVisibility);
}

function shown(name: string | null, hidden: boolean, nameVisibility: NameVisibility) {
  return {
    asker: hidden ? null : name,
    nameVisibility: hidden ? ('none' as const) : nameVisibility,
  };
}

function requireNew(state: DialogueState, questionId: string): void {
  if (state.questions.has(questionId)) throw new Refusal('already_exists', { kind: 'question' });
}

/** Throws when one of them belongs to a question already. */
function newAttachments(state: DialogueState, ids: readonly string[] = []): string[] {
  for (const id of ids) {
    if (state.questionsByAttachment.has(id)) {
      throw new Refusal('already_exists', { kind: 'attachment', id });
    }
  }
  return [...new Set(ids)];
}

function raisedHandIn(state: DialogueState, handId: string, bridgePointId: string): Hand {
  const hand = state.hands.get(handId);
  if (hand?.bridgePointId !== bridgePointId) throw new Refusal('not_found', { kind: 'hand' });
  if (hand.loweredAt !== null) throw new Refusal('wrong_state', { state: 'lowered', event: 'ask' });
  return hand;
}

function requireRoom(state: DialogueState, personId: string): void {
  const asked = state.questionsByPerson.get(personId);
  if (!asked) return;
  const own = [...asked];
  const open = own.filter((id) => state.questions.get(id)?.state === 'asked').length;
  const limit =
    own.length >= maxQuestionsPerPerson
      ? maxQuestionsPerPerson
      : open >= maxOpenQuestionsPerPerson
        ? maxOpenQuestionsPerPerson
        : null;
  if (limit !== null) throw new Refusal('limit_reached', { limit });
}

function requireFormRoom(state: DialogueState): void {
  let open = 0;
  for (const { channel, state: now } of state.questions.values()) {
    if (channel === 'form' && (now === 'forwarded' || now === 'accepted')) open += 1;
  }
  if (open >= maxOpenFormQuestions) {
    throw new Refusal('limit_reached', { limit: maxOpenFormQuestions });
  }
}

/** Throws `field_unknown`. */
export function requireField(state: DialogueState, field: string | null | undefined): void {
  if (field !== undefined && field !== null && !existing(state).fields.includes(field)) {
    throw new Refusal('field_unknown', { field });
  }
}
