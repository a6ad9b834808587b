import type { NameVisibility } from '@nhip-cau/shared/model/questions';

interface Named {
  asker: string | null;
  nameVisibility: NameVisibility;
}

/** The asker's name for everybody: only when the asker said so. */
export function publicAsker(question: Named): string | null {
  return question.nameVisibility === 'public' ? question.asker : null;
}

/** The asker's name for their own hall. */
export function hallAsker(question: Named): string | null {
  return question.nameVisibility === 'desk' ? null : question.asker;
}
