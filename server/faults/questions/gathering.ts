import type { CommandOutcome } from '@nhip-cau/shared/protocol/commands';
import type { Put } from '@nhip-cau/shared/protocol/facts';
import type { SyncedAudience } from '@nhip-cau/shared/protocol/socket';
import { LightClient } from '../../load/light-client.ts';
import type { SeededDialogue, SeededSession } from '../../load/seed.ts';
import type { Random } from '../../simulator/random.ts';
import { Line } from '../support/line.ts';
import { findSilentGaps } from './checker.ts';
import { LedgerClient } from './ledger-client.ts';
import { Listener } from './listener.ts';
import type { QuestionPlan, RoundPlan } from './plan.ts';

/** How long a client may take to be current, once nothing disturbs it any more. */
const calmMs = 30_000;
/** Who is not done after this time is named. */
const slowMs = 12_000;

/** One dialogue and its clients: who asks, who forwards, who accepts, and who only listens. */
export class Gathering {
  readonly dialogueId: string;
  readonly clients: LedgerClient[] = [];
  readonly listeners: Listener[] = [];
  answered = 0;
  private readonly dialogue: SeededDialogue;
  private readonly persons: LedgerClient[] = [];
  private readonly moderators: LedgerClient[] = [];
  private readonly secretaries: LedgerClient[] = [];
  /** Questions whose asking was acknowledged. */
  private readonly asked = new Set<string>();
  private readonly plans = new Map<string, QuestionPlan>();
  private readonly begun = new Set<string>();
  /** Steps that are still to be settled, by question or caption. */
  private readonly open = new Map<string, number>();
  private readonly lines: Line[] = [];
  private onChange: (() => void)[] = [];

  private constructor(dialogue: SeededDialogue) {
    this.dialogue = dialogue;
    this.dialogueId = dialogue.dialogueId;
  }

  /**
   * Connects everybody; they come in as soon as they are led to a server. So many of the dialogue's
   * persons ask; the others only listen.
   */
  static async open(dialogue: SeededDialogue, askers: number, random: Random): Promise<Gathering> {
    const gathering = new Gathering(dialogue);
    const enter = (name: string, session: SeededSession, page?: 'screen') =>
      gathering.enter(name, session, random.fork(name), page);
    for (const [index, person] of dialogue.persons.entries()) {
      const name = `person ${index + 1}`;
      if (index < askers) gathering.persons.push(await enter(name, person));
      else gathering.listen(name, person, random.int(50, 400));
    }
    for (const { code, moderator, screen } of dialogue.halls) {
      const client = await enter(`moderator of ${code}`, moderator);
      client.on('puts', (puts) => gathering.handleHallPuts(client, puts));
      gathering.moderators.push(client);
      await enter(`screen of ${code}`, screen);
    }
    for (const [index, secretary] of dialogue.secretaries.entries()) {
      const client = await enter(`secretary ${index + 1}`, secretary);
      client.on('puts', (puts) => gathering.handleDeskPuts(client, index, puts));
      gathering.secretaries.push(client);
    }
    await enter('host', dialogue.host);
    return gathering;
  }

  /** Leads everybody to the server at that address, or nowhere. */
  lead(url: string | null): void {
    for (const line of this.lines) line.target = url === null ? null : Number(new URL(url).port);
    for (const listener of this.listeners) listener.lead(url);
  }

  /** Everybody who asks begins, and captions are written; the rest follows from what they hear. */
  begin({ questions, captions }: RoundPlan): void {
    for (const [index, { lineId, text }] of captions.entries()) {
      const secretary = this.secretaries[index % this.secretaries.length]!;
      this.open.set(lineId, 1);
      this.count(lineId, secretary.submit('transcript.add', { lineId, text, speaker: 'host' }));
    }
    for (const plan of questions) {
      this.plans.set(plan.questionId, plan);
      this.open.set(plan.questionId, 1 + plan.atHall.length + plan.atCity.length);
      const { bridgePointId } = this.dialogue.persons[plan.person]!;
      const asking = this.persons[plan.person]!.submit('question.ask', {
        questionId: plan.questionId,
        bridgePointId,
        text: plan.text.trim(),
        field: null,
        nameVisibility: 'hall',
      });
      this.count(plan.questionId, asking);
      void asking.then(({ ok }) => ok && this.asked.add(plan.questionId));
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
  async settle(patienceMs: number, say: (line: string) => void): Promise<number> {
    const naming = setTimeout(() => {
      for (const client of this.clients) if (!client.isSettled) say(`still busy: ${client.state}`);
    }, slowMs);
    await this.until(() => this.open.size === 0, patienceMs);
    await Promise.all(this.lines.map((line) => line.idle()));
    for (const client of this.clients) client.repeatLate();
    await this.until(() => this.clients.every(({ isSettled }) => isSettled), patienceMs);
    clearTimeout(naming);
    return [...this.open.values()].reduce((sum, steps) => sum + steps, 0);
  }

  /** Acknowledged questions that no hall's moderator has before them. */
  findMissing(): Set<string> {
    const shown = new Set(
      this.moderators.flatMap(({ boards }) => [
        ...(boards['bridgePoint']?.['question']?.keys() ?? []),
      ]),
    );
    const missing = [...this.asked].filter((questionId) => !shown.has(questionId));
    return new Set(missing.map((questionId) => `question ${questionId} is on no hall's board`));
  }

  /** Compares everybody's copy with what a newcomer of the same rights is told by that server. */
  async findSilentGaps(url: string): Promise<Set<string>> {
    const gaps = new Set<string>();
    const compare = async (client: LedgerClient | Listener, told: readonly SyncedAudience[]) => {
      const { name } = client.options;
      await this.until(() => client.hasReached(told), calmMs);
      if (!client.hasReached(told)) gaps.add(`${name} is not current`);
      for (const gap of findSilentGaps(name, client.boards, told)) gaps.add(gap);
    };
    for (const client of this.clients) await compare(client, await this.askAnew(url, client));
    const [first] = this.listeners;
    if (!first) return gaps;
    const told = await this.askAnew(url, first);
    const forAll = told.filter(({ audience }) => audience === 'everyone');
    for (const listener of this.listeners) await compare(listener, forAll);
    return gaps;
  }

  /** What somebody is told who comes in for the first time as that client. */
  private async askAnew(
    url: string,
    { options: { name, session, ...options } }: LedgerClient | Listener,
  ): Promise<SyncedAudience[]> {
    const page = 'page' in options && options.page ? { page: options.page } : {};
    const { dialogueId } = this;
    const { principal, cookie } = session;
    const fresh = await LightClient.connect({ url, dialogueId, principal, cookie, ...page });
    const answer = await fresh.sync();
    fresh.close();
    if (!answer.ok) throw new Error(`${name} may not sync: ${answer.error.code}`);
    return answer.audiences;
  }

  async close(): Promise<void> {
    for (const client of [...this.clients, ...this.listeners]) client.close();
    await Promise.all(this.lines.map((line) => line.close()));
  }

  private listen(name: string, session: SeededSession, returnMs: number): void {
    const { dialogueId } = this;
    const listener = new Listener({ name, session, dialogueId, returnMs });
    listener.on('changed', () => this.wake());
    this.listeners.push(listener);
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
          this.count(
            questionId,
            client.submit('question.edit', { questionId, wording: 'Được sửa lời' }),
          );
        } else if (step === 'forward') {
          this.count(questionId, client.submit('question.forward', { questionId }));
        } else {
          const reason = 'Đề nghị ghi rõ địa điểm';
          this.count(questionId, client.submit('question.return', { questionId, reason }));
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
          this.count(questionId, client.submit('question.accept', { questionId }));
        } else {
          this.count(
            questionId,
            client.submit('question.move', { questionId, beforeQuestionId: null }),
          );
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

  private count(id: string, settled: Promise<CommandOutcome>): void {
    void settled.then(() => {
      const left = (this.open.get(id) ?? 0) - 1;
      if (left > 0) this.open.set(id, left);
      else this.open.delete(id);
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
