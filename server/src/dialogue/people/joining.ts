import type { JoinInvitationBody } from '@nhip-cau/shared/protocol/http';
import { system } from '../kernel/actor.ts';
import type { DialogueEngine } from '../kernel/engine.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { BridgePoint, Dialogue, Person } from '../kernel/state.ts';
import { idFrom } from './codes.ts';

export interface JoinCodes {
  find(joinCode: string): Promise<{ dialogueId: string; bridgePointId: string } | null>;
}

export interface JoiningServiceOptions {
  codes: JoinCodes;
  engine: DialogueEngine;
  now?: () => number;
}

/** How long the phone that made a `personId` may fetch its session again by that number alone. */
const retryMs = 10 * 60_000;

/** How people in the chairs come in: by the code on their hall's poster. */
export class JoiningService {
  private readonly codes: JoinCodes;
  private readonly engine: DialogueEngine;
  private readonly now: () => number;

  constructor({ codes, engine, now = Date.now }: JoiningServiceOptions) {
    this.codes = codes;
    this.engine = engine;
    this.now = now;
  }

  /** What the code leads to, whatever the dialogue's state. Throws `code_unknown`. */
  async invitation(code: string): Promise<JoinInvitationBody> {
    const { dialogue, bridgePoint } = await this.resolve(code);
    const { title, organiser, startsAt, state, namePolicy, fields } = dialogue;
    return {
      dialogueId: dialogue.id,
      title,
      organiser,
      startsAt,
      state,
      bridgePointId: bridgePoint.id,
      bridgePointName: bridgePoint.name,
      district: bridgePoint.district,
      namePolicy,
      fields,
    };
  }

  /**
   * Makes a participant, or finds the one that the same phone made a moment ago. Throws
   * `code_unknown`, `dialogue_not_open`, `name_required`, `already_exists`.
   */
  async join(
    code: string,
    personId: string,
    name: string | null,
  ): Promise<{ dialogueId: string; person: Person }> {
    const { dialogue, bridgePoint } = await this.resolve(code);
    const { id: dialogueId } = dialogue;
    const outcome = await this.engine.execute(system, {
      commandId: joinCommandId(dialogueId, personId),
      dialogueId,
      name: 'participant.join',
      payload: { personId, bridgePointId: bridgePoint.id, name },
    });
    if (!outcome.ok) throw new Refusal(outcome.error.code, outcome.error.details);
    const person = (await this.engine.read(dialogueId))?.persons.get(personId);
    if (!person || this.now() - person.joinedAt > retryMs) throw new Refusal('already_exists');
    return { dialogueId, person };
  }

  /** The dialogue of a code. Throws `code_unknown`. */
  private async resolve(code: string): Promise<{ dialogue: Dialogue; bridgePoint: BridgePoint }> {
    const found = await this.codes.find(code);
    const state = found && (await this.engine.read(found.dialogueId));
    const bridgePoint = found && state?.bridgePoints.get(found.bridgePointId);
    if (!state?.dialogue || !bridgePoint) throw new Refusal('code_unknown');
    return { dialogue: state.dialogue, bridgePoint };
  }
}

/** The same phone's command has the same number, so that a retry is a retry. */
export const joinCommandId = (dialogueId: string, personId: string): string =>
  idFrom(`join ${dialogueId} ${personId}`);
