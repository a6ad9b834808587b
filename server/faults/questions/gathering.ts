import type { CommandOutcome } from '@nhip-cau/shared/protocol/commands';
import type { Put } from '@nhip-cau/shared/protocol/facts';
import { LightClient } from '../../load/light-client.ts';
import type { SeededDialogue, SeededSession } from '../../load/seed.ts';
import { Line } from '../support/line.ts';
import type { Random } from '../support/random.ts';
import { findSilentGaps } from './checker.ts';
import { LedgerClient } from './ledger-client.ts';
import type { QuestionPlan } from './plan.ts';

/** How long a client may take to be current, once nothing disturbs it any more. */
const calmMs = 30_000;

/** One dialogue and its clients: who asks, who forwards, who accepts, and who only listens. */
export class Gathering {
  readonly dialogueId: string;
  readonly clients: LedgerClient[] = [];
  answered = 0;
  private readonly dialogue: SeededDialogue;
  private readonly persons: LedgerClient[] = [];
  private readonly plans = new Map<string, QuestionPlan>();
  private readonly begun = new Set<string>();
  /** Steps that are still to be settled, by question. */
  private readonly open = new Map<string, number>();
  private readonly lines: Line[] = [];
  private onChange: (() => void)[] = [];

  private constructor(dialogue: SeededDialogue) {
    this.dialogue = dialogue;
    this.dialogueId = dialogue.dialogueId;
  }

  /** Connects everybody; they come in as soon as their lines lead to a server. */
  static async open(dialogue: SeededDialogue, random: Random): Promise<Gathering> {
    const gathering = new Gathering(dialogue);
    const enter = (name: string, session: SeededSession, page?: 'screen') =>
      gathering.enter(name, session, random.fork(), page);
    for (const [index, person] of dialogue.persons.entries()) {
      gathering.persons.push(await enter(`person ${index + 1}`, person));
    }
    for (const { code, moderator, screen } of dialogue.halls) {
      const client = await enter(`moderator of ${code}`, moderator);
      client.on('puts', (puts) => gathering.handleHallPuts(client, puts));
      await enter(`screen of ${code}`, screen);
    }
    for (const [index, secretary] of dialogue.secretaries.entries()) {
      const client = await enter(`secretary ${index + 1}`, secretary);
      client.on('puts', (puts) => gathering.handleDeskPuts(client, index, puts));
    }
    await enter('host', dialogue.host);
    return gathering;
  }

  /** Leads everybody's line to that port of this machine, or nowhere. */
  lead(port: number | null): void {
    for (const line of this.lines) line.target = port;
  }

  /** Everybody who asks begins; the rest follows from what they hear. */
  ask(questions: readonly QuestionPlan[]): void {
    for (const plan of questions) {
      this.plans.set(plan.questionId, plan);
      this.open.set(plan.questionId, 1 + plan.atHall.length + plan.atCity.length);
      const { bridgePointId } = this.dialogue.persons[plan.person]!;
      this.count(
        plan,
        this.persons[plan.person]!.submit('question.ask', {
          questionId: plan.questionId,
          bridgePointId,
          text: plan.text.trim(),
          field: null,
          nameVisibility: 'hall',
        }),
      );
    }
  }

  /** Resolves once so many commands were answered since the beginning, or when nothing happens. */
  async hasAnswered(commands: number, patienceMs: number): Promise<void> {
    await this.until(() => this.answered >= commands, patienceMs);
  }

  /**
   * Lets everything come to its end, with the network as it should be. Returns how many of the
   * planned commands found none within `patienceMs`.
   */
  async settle(patienceMs: number): Promise<number> {
    await this.until(() => this.open.size === 0, patienceMs);
    await Promise.all(this.lines.map((line) => line.idle()));
    for (const client of this.clients) client.repeatLate();
    await this.until(() => this.clients.every(({ isSettled }) => isSettled), patienceMs);
    return [...this.open.values()].reduce((sum, steps) => sum + steps, 0);
  }

  /** Compares everybody's copy with what a newcomer of the same rights is told by that server. */
  async findSilentGaps(url: string): Promise<Set<string>> {
    const gaps = new Set<string>();
    for (const client of this.clients) {
      const { session, page, name } = client.options;
      const fresh = await LightClient.connect({
        url,
        dialogueId: this.dialogueId,
        principal: session.principal,
        cookie: session.cookie,
        ...(page ? { page } : {}),
      });
      const answer = await fresh.sync();
      fresh.close();
      if (!answer.ok) throw new Error(`${name} may not sync: ${answer.error.code}`);
      await this.until(() => client.hasReached(answer.audiences), calmMs);
      if (!client.hasReached(answer.audiences))
        gaps.add(`${name} is ${client.status}, not current`);
      for (const gap of findSilentGaps(name, client.boards, answer.audiences)) gaps.add(gap);
    }
    return gaps;
  }

  async close(): Promise<void> {
    for (const client of this.clients) client.close();
    await Promise.all(this.lines.map((line) => line.close()));
  }

  private async enter(
    name: string,
    session: SeededSession,
    random: Random,
    page?: 'screen',
  ): Promise<LedgerClient> {
    const line = await Line.open();
    const { dialogueId } = this;
    const client = new LedgerClient({
      name,
      session,
      dialogueId,
      line,
      random,
      ...(page ? { page } : {}),
    });
    client.on('settled', () => (this.answered += 1));
    client.on('changed', () => this.wake());
    client.on('puts', () => this.wake());
    this.lines.push(line);
    this.clients.push(client);
    return client;
  }

  /** A hall's moderator deals with each question that comes. */
  private handleHallPuts(client: LedgerClient, puts: readonly Put[]): void {
    for (const { plan, questionId } of this.questionsIn('hall', 'asked', puts)) {
      for (const step of plan.atHall) {
        if (step === 'edit') {
          this.count(plan, client.submit('question.edit', { questionId, wording: 'Được sửa lời' }));
        } else if (step === 'forward') {
          this.count(plan, client.submit('question.forward', { questionId }));
        } else {
          const reason = 'Đề nghị ghi rõ địa điểm';
          this.count(plan, client.submit('question.return', { questionId, reason }));
        }
      }
    }
  }

  /** The secretaries share what was forwarded. */
  private handleDeskPuts(client: LedgerClient, index: number, puts: readonly Put[]): void {
    const isMine = ({ person }: QuestionPlan) =>
      person % this.dialogue.secretaries.length === index;
    for (const { plan, questionId } of this.questionsIn('desk', 'forwarded', puts, isMine)) {
      for (const step of plan.atCity) {
        if (step === 'accept') {
          this.count(plan, client.submit('question.accept', { questionId }));
        } else {
          this.count(plan, client.submit('question.move', { questionId, beforeQuestionId: null }));
        }
      }
    }
  }

  /** Planned questions that are told to be in that state and that nobody has dealt with yet. */
  private questionsIn(
    place: 'hall' | 'desk',
    state: string,
    puts: readonly Put[],
    isMine: (plan: QuestionPlan) => boolean = () => true,
  ): { plan: QuestionPlan; questionId: string }[] {
    return puts.flatMap(({ collection, id: questionId, value }) => {
      const plan = this.plans.get(questionId);
      if (collection !== 'question' || !plan || !isMine(plan)) return [];
      if ((value as { state?: string } | null)?.state !== state) return [];
      if (this.begun.has(`${place} ${questionId}`)) return [];
      this.begun.add(`${place} ${questionId}`);
      return [{ plan, questionId }];
    });
  }

  private count({ questionId }: QuestionPlan, settled: Promise<CommandOutcome>): void {
    void settled.then(() => {
      const left = (this.open.get(questionId) ?? 0) - 1;
      if (left > 0) this.open.set(questionId, left);
      else this.open.delete(questionId);
      this.wake();
    });
  }

  /** Resolves when it holds, or after so long. */
  private async until(holds: () => boolean, patienceMs: number): Promise<void> {
    let isOver = false;
    const timer = setTimeout(() => {
      isOver = true;
      this.wake();
    }, patienceMs);
    while (!isOver && !holds()) {
      await new Promise<void>((resolve) => this.onChange.push(resolve));
    }
    clearTimeout(timer);
  }

  private wake(): void {
    for (const wake of this.onChange.splice(0)) wake();
  }
}
