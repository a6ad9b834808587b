import type { HallHealth } from '@nhip-cau/shared/model/health';
import { type HallDevices, healthReport } from '@nhip-cau/shared/protocol/health';
import { authorise } from '../../dialogue/kernel/actor.ts';
import { Refusal } from '../../dialogue/kernel/refusal.ts';
import { parse } from '../refusals.ts';
import { RequestBudget } from './request-budget.ts';
import type { HallSignalName, HallSignals } from './signals.ts';
import type { SocketData } from './types.ts';

/** One page, as far as it matters here. */
export interface HealthSocket {
  readonly id: string;
  readonly data: Pick<SocketData, 'actor' | 'dialogueId'>;
}

export type TellHealth = <Name extends HallSignalName>(
  dialogueId: string,
  name: Name,
  bridgePointId: string,
  now: HallSignals[Name] | null,
) => void;

/** A page measures every few seconds and tells only what changed: more than this is a fault. */
const perPage = { limit: 10, windowMs: 10_000 };
/** How long changes are gathered, in ms: one message a second tells all of them. */
const gatherMs = 1_000;

interface Change {
  dialogueId: string;
  bridgePointId: string;
  ofDevices: boolean;
}

interface Hall {
  /** Which socket each page's figures are of: an older one that goes takes nothing away. */
  readonly from: { computer: string | null; screen: string | null };
  health: HallHealth;
  devices: HallDevices | null;
}

/**
 * What the halls' pages measured last, never logged. Each page's newest report replaces the one
 * before; what changed within a second is told together.
 */
export class HealthReports {
  private readonly tell: TellHealth;
  private readonly now: () => number;
  private readonly budget = new RequestBudget(perPage);
  private readonly dialogues = new Map<string, Map<string, Hall>>();
  private readonly changed = new Map<string, Change>();
  private timer: NodeJS.Timeout | null = null;

  constructor(tell: TellHealth, now: () => number = () => performance.now()) {
    this.tell = tell;
    this.now = now;
  }

  /** Throws `invalid`, `not_allowed` and `rate_limited`. */
  handle({ id, data: { actor, dialogueId } }: HealthSocket, request: unknown): void {
    if (!this.budget.allows(id, this.now())) throw new Refusal('rate_limited');
    const { health, devices } = parse(healthReport, request);
    if (actor.kind !== 'device') throw new Refusal('not_allowed', { action: 'health.report' });
    const { bridgePointId } = actor;
    const role = authorise(actor, 'health.report', { dialogueId, bridgePointId }, null);
    const page = role === 'screen' ? 'screen' : 'computer';
    const hall = this.hallOf(dialogueId, bridgePointId);
    hall.from[page] = id;
    hall.health = { ...hall.health, [page]: health };
    const ofDevices = page === 'computer' && devices !== undefined;
    if (ofDevices) hall.devices = devices;
    this.schedule(dialogueId, bridgePointId, ofDevices);
  }

  /** Call when a socket is gone: nobody measures there any more. */
  remove({ id, data: { actor, dialogueId } }: HealthSocket): void {
    if (actor.kind !== 'device') return;
    const { bridgePointId } = actor;
    const hall = this.dialogues.get(dialogueId)?.get(bridgePointId);
    if (!hall) return;
    for (const page of ['computer', 'screen'] as const) {
      if (hall.from[page] !== id) continue;
      hall.from[page] = null;
      hall.health = { ...hall.health, [page]: null };
      if (page === 'computer') hall.devices = null;
      this.schedule(dialogueId, bridgePointId, page === 'computer');
    }
  }

  /** Forgets what no longer counts; call it now and then. */
  sweep(): void {
    this.budget.sweep(this.now());
  }

  close(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  private hallOf(dialogueId: string, bridgePointId: string): Hall {
    let halls = this.dialogues.get(dialogueId);
    if (!halls) this.dialogues.set(dialogueId, (halls = new Map()));
    let hall = halls.get(bridgePointId);
    if (!hall) {
      const none = { computer: null, screen: null };
      hall = { from: { ...none }, health: none, devices: null };
      halls.set(bridgePointId, hall);
    }
    return hall;
  }

  private schedule(dialogueId: string, bridgePointId: string, ofDevices: boolean): void {
    const key = `${dialogueId} ${bridgePointId}`;
    const change = this.changed.get(key) ?? { dialogueId, bridgePointId, ofDevices };
    change.ofDevices ||= ofDevices;
    this.changed.set(key, change);
    this.timer ??= setTimeout(() => this.flush(), gatherMs);
  }

  private flush(): void {
    this.timer = null;
    const changed = [...this.changed.values()];
    this.changed.clear();
    for (const { dialogueId, bridgePointId, ofDevices } of changed) {
      const halls = this.dialogues.get(dialogueId);
      const hall = halls?.get(bridgePointId);
      if (!halls || !hall) continue;
      const isMeasured = hall.health.computer !== null || hall.health.screen !== null;
      this.tell(dialogueId, 'health', bridgePointId, isMeasured ? hall.health : null);
      if (ofDevices) this.tell(dialogueId, 'devices', bridgePointId, hall.devices);
      if (isMeasured) continue;
      halls.delete(bridgePointId);
      if (halls.size === 0) this.dialogues.delete(dialogueId);
    }
  }
}
