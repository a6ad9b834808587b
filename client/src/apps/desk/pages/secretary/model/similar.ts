import type { DeskQuestionFact } from '@nhip-cau/shared/protocol/facts';
import type { SimilarQuestion } from '@nhip-cau/shared/protocol/http';

type Known = Map<string, readonly SimilarQuestion[]>;

const bestFirst = (a: SimilarQuestion, b: SimilarQuestion) => b.score - a.score;

/**
 * What is known of similar questions, and which ones are still to be asked about. Likeness goes
 * both ways: a new question that is like an old one makes the old one like it.
 */
export class SimilarIndex {
  private readonly known: Known;
  /** The words that were asked about, by question. */
  private readonly asked = new Map<string, string>();
  private readonly wanted = new Set<string>();
  private readonly answered = new Set<string>();

  constructor(watched: (map: Known) => Known = (map) => map) {
    this.known = watched(new Map());
  }

  get waiting(): number {
    return this.wanted.size;
  }

  want(questions: readonly Pick<DeskQuestionFact, 'id' | 'wording'>[]): void {
    for (const { id, wording } of questions) {
      if (this.asked.get(id) === wording) continue;
      this.asked.set(id, wording);
      this.wanted.add(id);
    }
  }

  /** The first of those to ask about; they wait no more. */
  take(most: number): string[] {
    const ids = [...this.wanted].slice(0, most);
    for (const id of ids) this.wanted.delete(id);
    return ids;
  }

  giveBack(ids: readonly string[]): void {
    for (const id of ids) this.wanted.add(id);
  }

  put(similar: Readonly<Record<string, readonly SimilarQuestion[]>>): void {
    for (const [id, list] of Object.entries(similar)) {
      this.answered.add(id);
      this.known.set(id, [...list].sort(bestFirst));
      for (const { questionId, score } of list) this.putOne(questionId, { questionId: id, score });
    }
  }

  /** Whether the server has answered for this one. */
  knows(id: string): boolean {
    return this.answered.has(id);
  }

  of(id: string): readonly SimilarQuestion[] {
    return this.known.get(id) ?? [];
  }

  private putOne(id: string, one: SimilarQuestion): void {
    const others = this.of(id).filter(({ questionId }) => questionId !== one.questionId);
    this.known.set(id, [...others, one].sort(bestFirst));
  }
}
