import type { PairedRole } from '@nhip-cau/shared/model/roles';
import { compareText } from '@nhip-cau/shared/model/text';
import type { PairingCodeBody } from '@nhip-cau/shared/protocol/http';
import { randomCode } from '../kernel/codes.ts';
import type { DialogueEngine } from '../kernel/engine.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { BridgePoint, DialogueState } from '../kernel/state.ts';
import { grouped } from './codes.ts';
import type { SessionSubject } from './sessions.ts';

export interface PairingCode {
  code: string;
  dialogueId: string;
  bridgePointId: string;
  deviceRole: PairedRole;
  createdAt: number;
  expiresAt: number;
}

/** What a code makes a device: an encoder has no code. */
export type PairedSubject = Extract<SessionSubject, { kind: 'device' }> & {
  deviceRole: PairedRole;
};

export interface PairingCodeStore {
  /** Adds them; unused ones of the same halls and role are void from then on. */
  replace(codes: PairingCode[]): Promise<void>;
  /** A code that can still be used at `now`. */
  find(code: string, now: number): Promise<PairingCode | null>;
  /** Whether it was ours to use: of two at once only one is. */
  use(code: string, now: number): Promise<boolean>;
}

const codeLength = 8;
const validMs = 7 * 24 * 3_600_000;

export interface PairingServiceOptions {
  store: PairingCodeStore;
  engine: Pick<DialogueEngine, 'read'>;
  now?: () => number;
}

/** Codes by which a hall's computer becomes a device of its dialogue. */
export class PairingService {
  private readonly store: PairingCodeStore;
  private readonly engine: PairingServiceOptions['engine'];
  private readonly now: () => number;

  constructor({ store, engine, now = Date.now }: PairingServiceOptions) {
    this.store = store;
    this.engine = engine;
    this.now = now;
  }

  /** A new code for one hall; its former unused one is void. Throws `not_found`. */
  async issue(
    state: DialogueState,
    bridgePointId: string,
    deviceRole: PairedRole,
  ): Promise<PairingCodeBody> {
    const bridgePoint = state.bridgePoints.get(bridgePointId);
    if (!bridgePoint) throw new Refusal('not_found', { kind: 'bridgePoint' });
    const [issued] = await this.issueTo(state, [bridgePoint], deviceRole);
    return issued!;
  }

  /** New codes for every hall but the head table, by district and name, to be printed. */
  issueAll(state: DialogueState, deviceRole: PairedRole): Promise<PairingCodeBody[]> {
    const halls = [...state.bridgePoints.values()]
      .filter(({ isCentral }) => !isCentral)
      .sort((a, b) => compareText(a.district, b.district) || compareText(a.name, b.name));
    return this.issueTo(state, halls, deviceRole);
  }

  /** Uses a code up. Throws `code_unknown`, and `dialogue_not_open` without using it. */
  async redeem(code: string): Promise<PairedSubject> {
    const now = this.now();
    const found = await this.store.find(code, now);
    if (found === null) throw new Refusal('code_unknown');
    const { dialogueId, bridgePointId, deviceRole } = found;
    const state = await this.engine.read(dialogueId);
    const session = state?.dialogue?.state;
    if (session === undefined || session === 'draft' || session === 'ended') {
      throw new Refusal('dialogue_not_open');
    }
    if (!(await this.store.use(code, now))) throw new Refusal('code_unknown');
    return { kind: 'device', dialogueId, bridgePointId, deviceRole };
  }

  private async issueTo(
    state: DialogueState,
    halls: BridgePoint[],
    deviceRole: PairedRole,
  ): Promise<PairingCodeBody[]> {
    if (state.dialogue?.state === 'ended') throw new Refusal('wrong_state', { state: 'ended' });
    const createdAt = this.now();
    const expiresAt = createdAt + validMs;
    const codes = halls.map(({ id: bridgePointId }) => ({
      code: randomCode(codeLength),
      dialogueId: state.id,
      bridgePointId,
      deviceRole,
      createdAt,
      expiresAt,
    }));
    await this.store.replace(codes);
    return codes.map(({ code, bridgePointId }, index) => {
      const { name: bridgePointName, district } = halls[index]!;
      return {
        code: grouped(code),
        bridgePointId,
        bridgePointName,
        district,
        deviceRole,
        expiresAt,
      };
    });
  }
}
