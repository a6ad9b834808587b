import type { CommandPayload } from '@nhip-cau/shared/protocol/commands';
import type { FormBody, FormReceiptBody, UploadedBody } from '@nhip-cau/shared/protocol/http';
import { type AttachmentService, formOwner } from '../attachments/service.ts';
import { system } from '../kernel/actor.ts';
import type { DialogueEngine } from '../kernel/engine.ts';
import { existing } from '../kernel/handler.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { DialogueState } from '../kernel/state.ts';
import { idFrom } from '../people/codes.ts';

/** Files that may be sent for one question; more than it carries, for second thoughts. */
const maxFiles = 9;

export interface PublicFormOptions {
  engine: DialogueEngine;
  attachments: Pick<AttachmentService, 'upload'>;
}

/** Questions from people at home, from the opening of the dialogue to its start. */
export class PublicForm {
  private readonly engine: DialogueEngine;
  private readonly attachments: PublicFormOptions['attachments'];

  constructor({ engine, attachments }: PublicFormOptions) {
    this.engine = engine;
    this.attachments = attachments;
  }

  /** What the form asks and shows. Throws `form_closed`. */
  describe(state: DialogueState): FormBody {
    requireOpenForm(state);
    const { title, organiser, startsAt, fields, namePolicy, centralBridgePointId } =
      existing(state);
    const halls = [...state.bridgePoints.values()]
      .filter(({ id }) => id !== centralBridgePointId)
      .map(({ id, name, district }) => ({ id, name, district }));
    return { dialogueId: state.id, title, organiser, startsAt, fields, namePolicy, halls };
  }

  /** Throws `form_closed`. */
  requireOpen(state: DialogueState): void {
    requireOpenForm(state);
  }

  /** Keeps a file, sent from `address`, for that question, which is not sent yet. Throws as `AttachmentService.upload`. */
  upload(
    state: DialogueState,
    questionId: string,
    bytes: Uint8Array,
    address: string,
  ): Promise<UploadedBody> {
    requireOpenForm(state);
    const guest = { address, files: maxFiles };
    return this.attachments.upload(state, formOwner(questionId), bytes, guest);
  }

  /**
   * Takes a question in; the same `commandId` and `questionId` again are the same question. Throws
   * `form_closed` and what `question.receive` refuses.
   */
  async receive(
    state: DialogueState,
    commandId: string,
    payload: CommandPayload<'question.receive'>,
  ): Promise<FormReceiptBody> {
    const outcome = await this.engine.execute(system, {
      commandId: formCommandId(state.id, commandId, payload.questionId),
      dialogueId: state.id,
      name: 'question.receive',
      payload,
    });
    if (!outcome.ok) {
      // Closed by the start or the end of the dialogue: to who fills it in, that is one thing.
      const { code, details } = outcome.error;
      throw new Refusal(code === 'dialogue_not_open' ? 'form_closed' : code, details);
    }
    const after = await this.engine.read(state.id);
    const code = after?.questions.get(payload.questionId)?.code;
    if (!code) throw new Refusal('unavailable');
    return { code };
  }
}

/**
 * All commands of the system share one sender. With the question in its number, nobody gets the
 * code of a question whose `commandId` they do not know.
 */
const formCommandId = (dialogueId: string, commandId: string, questionId: string) =>
  idFrom(`form ${dialogueId} ${commandId} ${questionId}`);

function requireOpenForm(state: DialogueState): void {
  const { rules, state: now } = existing(state);
  if (!rules.publicForm || now !== 'open') throw new Refusal('form_closed');
}
