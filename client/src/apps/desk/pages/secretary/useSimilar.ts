import type { DeskQuestionFact } from '@nhip-cau/shared/protocol/facts';
import type { SimilarBody, SimilarQuestion } from '@nhip-cau/shared/protocol/http';
import { onScopeDispose, shallowReactive } from 'vue';
import { api } from '../../../../core/http.ts';
import type { useDialogueStore } from '../../../../stores/dialogue.ts';
import { canLead } from './model/allowed.ts';
import { SimilarIndex } from './model/similar.ts';

/** Questions that one request may ask about. */
const mostAtOnce = 100;
const settleMs = 700;
/** After a failure the next try waits this long. */
const retryMs = 10_000;

/** Questions that say much the same, asked of the server for those that somebody looks at. */
export function useSimilar(store: ReturnType<typeof useDialogueStore>) {
  const index = new SimilarIndex((map) => shallowReactive(map));
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isClosed = false;

  /** Asks soon about these, as far as they have not been asked about in their present words. */
  function want(questions: readonly DeskQuestionFact[]): void {
    index.want(questions);
    if (index.waiting > 0) timer ??= setTimeout(() => void ask(), settleMs);
  }

  async function ask(): Promise<void> {
    const { session } = store;
    const questionIds = index.take(mostAtOnce);
    let waitMs = settleMs;
    if (session && questionIds.length > 0) {
      const path = `/api/dialogues/${session.dialogueId}/similar`;
      const options = { body: { questionIds }, principal: session.principal };
      try {
        index.put((await api<SimilarBody>('POST', path, options)).similar);
      } catch {
        // A hint, no more: the desk works without it, and asks again a little later.
        index.giveBack(questionIds);
        waitMs = retryMs;
      }
    }
    timer = index.waiting > 0 && !isClosed ? setTimeout(() => void ask(), waitMs) : null;
  }

  onScopeDispose(() => {
    isClosed = true;
    if (timer) clearTimeout(timer);
  });

  /** Those like it that it could be merged with now, best first. */
  function similarTo({ id }: DeskQuestionFact): { question: DeskQuestionFact; score: number }[] {
    return index.of(id).flatMap(({ questionId, score }: SimilarQuestion) => {
      const question = store.desk.questions.get(questionId);
      return question && canLead(question) ? [{ question, score }] : [];
    });
  }

  /** Whether it was asked about yet: what is told of it then is all there is. */
  const knowsSimilarTo = ({ id }: DeskQuestionFact) => index.of(id).length > 0 || index.knows(id);

  return { want, similarTo, knowsSimilarTo };
}

export type UseSimilar = ReturnType<typeof useSimilar>;
