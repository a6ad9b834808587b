import { setTimeout as delay } from 'node:timers/promises';
import type { CommandName, CommandPayload } from '@nhip-cau/shared/protocol/commands';
import { LightClient } from '../../load/light-client.ts';
import type { SeededSession } from '../../load/seed.ts';
import { answerAll } from '../support/helper-process.ts';
import { questionText } from '../support/questions.ts';
import type { Prepared } from './prepare.ts';

/** What the secretaries are told to do. */
export type Order =
  | ({
      order: 'connect';
      url: string;
      dialogueId: string;
      secretaries: SeededSession[];
    } & Prepared)
  /** All at once, so many commands a second each. */
  | { order: 'work'; seconds: number; perSecond: number };

export const workKinds = ['move', 'merge', 'edit', 'accept'] as const;

export type WorkKind = (typeof workKinds)[number];

export interface Worked {
  /** From sending to answer, in ms. */
  waitedMs: Record<WorkKind, number[]>;
  refused: string[];
  /** Deliveries that reached the ten desks. */
  told: number;
}

/** Of ten commands: what a secretary does most is putting in order. */
const mix: readonly WorkKind[] = [
  'move',
  'move',
  'move',
  'move',
  'merge',
  'merge',
  'edit',
  'edit',
  'accept',
  'accept',
];

/** Merges and acceptances that each secretary lets stand before taking the oldest one back. */
const kept = 20;

const desks: Secretary[] = [];
let told = 0;

answerAll((order: Order) => (order.order === 'connect' ? connect(order) : work(order)));

async function connect(order: Order & { order: 'connect' }): Promise<{ connected: number }> {
  const { url, dialogueId, secretaries, queued, incoming } = order;
  for (const [desk, session] of secretaries.entries()) {
    const client = await LightClient.connect({ url, dialogueId, timeoutMs: 60_000, ...session });
    const synced = await client.sync();
    if (!synced.ok) throw new Error(`sync: ${synced.error.code}`);
    client.onDelivery = () => (told += 1);
    // Each works on their own share, so that nobody's command is refused for somebody else's.
    const share = (ids: string[]) => ids.filter((_, at) => at % secretaries.length === desk);
    desks.push(new Secretary(client, share(queued), share(incoming)));
  }
  return { connected: desks.length };
}

async function work({ seconds, perSecond }: Order & { order: 'work' }): Promise<Worked> {
  const worked: Worked = {
    waitedMs: { move: [], merge: [], edit: [], accept: [] },
    refused: [],
    told: 0,
  };
  told = 0;
  await Promise.all(desks.map((secretary) => secretary.work(seconds, perSecond, worked)));
  return { ...worked, told };
}

/** Works through their own questions, and takes every other merge and acceptance back. */
class Secretary {
  private readonly client: LightClient;
  private readonly queued: string[];
  private readonly incoming: string[];
  private readonly merged: string[] = [];
  private readonly accepted: string[] = [];
  private worked: Worked | null = null;
  private step = 0;

  constructor(client: LightClient, queued: string[], incoming: string[]) {
    this.client = client;
    this.queued = queued;
    this.incoming = incoming;
  }

  async work(seconds: number, perSecond: number, worked: Worked): Promise<void> {
    this.worked = worked;
    const startedAt = performance.now();
    // Nobody begins at the same moment as the others.
    let nextAt = startedAt + (Math.random() * 1_000) / perSecond;
    while (nextAt < startedAt + seconds * 1_000) {
      await delay(Math.max(0, nextAt - performance.now()));
      await this.next();
      nextAt += 1_000 / perSecond;
    }
  }

  private next(): Promise<void> {
    this.step += 1;
    const kind = mix[(this.step * 7) % mix.length]!;
    switch (kind) {
      case 'move':
        return this.send(kind, 'question.move', {
          questionId: this.pick(this.queued),
          beforeQuestionId: this.pick(this.queued, 1),
        });
      case 'merge':
        return this.merge();
      case 'edit':
        return this.send(kind, 'question.edit', {
          questionId: this.pick(this.queued),
          wording: questionText(this.step),
        });
      case 'accept':
        return this.accept();
    }
  }

  private merge(): Promise<void> {
    const back = this.merged.length > kept ? this.merged.shift() : undefined;
    if (back !== undefined) return this.send('merge', 'question.unmerge', { questionId: back });
    const questionId = this.untouched();
    this.merged.push(questionId);
    const intoQuestionId = this.pick(this.queued);
    return this.send('merge', 'question.merge', { questionId, intoQuestionId });
  }

  private accept(): Promise<void> {
    const back = this.accepted.length > kept ? this.accepted.shift() : undefined;
    if (back !== undefined) return this.send('accept', 'question.unaccept', { questionId: back });
    const questionId = this.untouched();
    this.accepted.push(questionId);
    return this.send('accept', 'question.accept', { questionId });
  }

  private untouched(): string {
    const taken = new Set([...this.merged, ...this.accepted]);
    return this.incoming.find((id) => !taken.has(id))!;
  }

  private pick(ids: readonly string[], offset = 0): string {
    return ids[(this.step * 13 + offset) % ids.length]!;
  }

  private async send<Name extends CommandName>(
    kind: WorkKind,
    name: Name,
    payload: CommandPayload<Name>,
  ): Promise<void> {
    const sentAt = performance.now();
    const outcome = await this.client.send(name, payload);
    this.worked?.waitedMs[kind].push(performance.now() - sentAt);
    if (!outcome.ok) this.worked?.refused.push(`${name}: ${JSON.stringify(outcome.error)}`);
  }
}
