import type { CommandName, CommandPayload } from '@nhip-cau/shared/protocol/commands';
import type { Actor } from '../kernel/actor.ts';
import type { DialogueEngine } from '../kernel/engine.ts';
import type { DialogueState } from '../kernel/state.ts';
import type { AccountService } from '../people/accounts.ts';
import { idFrom } from '../people/codes.ts';
import {
  bridgePoints,
  headcounts,
  listed,
  questions,
  raisedHand,
  returnReason,
  settings,
  staff,
} from './content.ts';

/** Fixed numbers: what was made before an interruption is found again and not made twice. */
const demoId = (name: string) => idFrom(`demonstration ${name}`);

export const demoDialogueId = demoId('dialogue');
export const demoAccountId = (username: string) => demoId(`account ${username}`);

const beginsAfterMs = 30 * 60_000;

/** Makes the demonstration's accounts and its dialogue, up to its first questions. Idempotent. */
export async function seedDemo(
  engine: DialogueEngine,
  accounts: Pick<AccountService, 'createWithoutPassword'>,
  now: number,
): Promise<void> {
  for (const { username, displayName, isAdmin } of staff) {
    const id = demoAccountId(username);
    await accounts.createWithoutPassword({ id, username, displayName, isAdmin });
  }
  const admin = staffActor('admin', true);
  const secretary = staffActor('thu-ky', false);
  const run = runner(engine);

  const startsAt = now + beginsAfterMs;
  await run(admin, 'dialogue.create', 'create', {
    ...settings,
    fields: [...settings.fields],
    agencies: [...settings.agencies],
    rules: { ...settings.rules },
    startsAt,
  });
  for (const { role, username } of staff) {
    if (role === null) continue;
    await run(admin, 'member.assign', `member ${role}`, {
      accountId: demoAccountId(username),
      role,
    });
  }
  await run(admin, 'bridgePoint.import', 'import', { bridgePoints });
  await run(admin, 'dialogue.open', 'open', {});

  const state = await engine.read(demoDialogueId);
  if (state === null) throw new Error('the demonstration dialogue was not made');
  for (const [code, headcount] of Object.entries(headcounts)) {
    const { id: bridgePointId } = hallOf(state, code);
    const payload = { bridgePointId, headcount };
    await run(moderatorOf(state, code), 'attendance.report', `headcount ${code}`, payload);
  }
  for (const [index, sample] of questions.entries()) {
    const moderator = moderatorOf(state, sample.at);
    const key = `question ${index}`;
    const questionId = demoId(key);
    await run(moderator, 'question.ask', `${key} ask`, {
      questionId,
      bridgePointId: hallOf(state, sample.at).id,
      text: sample.text,
      field: sample.field,
      nameVisibility: sample.nameVisibility,
      onBehalfOf: { name: sample.asker },
      ...(sample.channel ? { channel: sample.channel } : {}),
      ...(sample.urgency ? { urgency: sample.urgency } : {}),
    });
    if (sample.wording !== undefined) {
      const { wording } = sample;
      await run(moderator, 'question.edit', `${key} edit`, { questionId, wording });
    }
    if (sample.state === 'returned') {
      const reason = returnReason;
      await run(moderator, 'question.return', `${key} return`, { questionId, reason });
    }
    if (sample.state !== 'asked' && sample.state !== 'returned') {
      await run(moderator, 'question.forward', `${key} forward`, { questionId });
    }
    if (sample.state === 'accepted') {
      await run(secretary, 'question.accept', `${key} accept`, { questionId });
    }
    if (sample.into !== undefined) {
      const lead = questions.findIndex(({ text }) => text === sample.into);
      const payload = { questionId, intoQuestionId: demoId(`question ${lead}`) };
      await run(secretary, 'question.merge', `${key} merge`, payload);
    }
    if (sample.brief) {
      const { brief } = sample;
      await run(secretary, 'question.brief', `${key} brief`, { questionId, brief });
    }
    if (sample.note !== undefined) {
      const payload = { questionId, noteId: demoId(`${key} note`), text: sample.note };
      await run(secretary, 'question.note', `${key} note`, payload);
    }
  }
  await run(moderatorOf(state, listed.at), 'attendance.list', 'list', {
    bridgePointId: hallOf(state, listed.at).id,
    attendees: listed.names.map((name) => ({ attendeeId: demoId(`attendee ${name}`), name })),
  });
  await run(moderatorOf(state, raisedHand.at), 'hand.raise', 'hand', {
    handId: demoId('hand'),
    bridgePointId: hallOf(state, raisedHand.at).id,
    seatedName: raisedHand.name,
  });
}

function runner(engine: DialogueEngine) {
  return async <Name extends CommandName>(
    actor: Actor,
    name: Name,
    key: string,
    payload: CommandPayload<Name>,
  ): Promise<void> => {
    const commandId = demoId(`command ${key}`);
    const envelope = { commandId, dialogueId: demoDialogueId, name, payload };
    const outcome = await engine.execute(actor, envelope);
    if (!outcome.ok) {
      throw new Error(`the demonstration's ${key} was refused: ${outcome.error.code}`);
    }
  };
}

function staffActor(username: string, isAdmin: boolean): Actor {
  const displayName = staff.find((account) => account.username === username)?.displayName ?? '';
  const accountId = demoAccountId(username);
  return { kind: 'staff', accountId, displayName, isAdmin, sessionId: demoId('session') };
}

function moderatorOf(state: DialogueState, code: string): Actor {
  const { id: bridgePointId } = hallOf(state, code);
  const { id: dialogueId } = state;
  const sessionId = demoId('session');
  return { kind: 'device', dialogueId, bridgePointId, role: 'moderator', sessionId };
}

function hallOf(state: DialogueState, code: string) {
  const hall = state.bridgePointsByCode.get(code);
  if (!hall) throw new Error(`the demonstration has no hall ${code}`);
  return hall;
}
