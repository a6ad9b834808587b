import { useToast } from '@nuxt/ui/composables';
import type { Me } from '@nhip-cau/shared/protocol/http';
import { computed, onScopeDispose } from 'vue';
import { useI18n } from 'vue-i18n';
import { provideClock } from '../../../../composables/useClock.ts';
import { useRefusal } from '../../../../composables/useRefusal.ts';
import { useDialogueStore } from '../../../../stores/dialogue.ts';
import { bestPlace, handsWith, questionsWith, sections } from './hall-questions.ts';

export type HallDevice = Extract<Me, { kind: 'device' }>;

export interface Draft {
  wording: string;
  field: string | null;
}

/**
 * One hall as its moderator works on it: the boards with what is not yet acknowledged already in
 * them, so that the page is the same with and without a line. Refusals are told whenever they come.
 */
export function useHall({ principal, dialogueId, bridgePointId, displayName }: HallDevice) {
  const store = useDialogueStore();
  const toast = useToast();
  const { t } = useI18n();
  const { refusalText } = useRefusal();

  store.connect({ principal, dialogueId });
  provideClock(() => store.now());
  const stopHearing = store.onSettled(({ outcome }) => {
    if (outcome.ok) return;
    toast.add({
      title: t('moderator.refused'),
      description: refusalText(outcome.error),
      color: 'error',
      icon: 'i-lucide-triangle-alert',
      duration: 12_000,
    });
  });
  onScopeDispose(() => {
    stopHearing();
    store.disconnect();
  });

  const questions = computed(() => questionsWith(store.hall.questions.values(), store.waiting));

  return {
    store,
    bridgePointId,
    name: computed(() => store.hall.bridgePoint?.name ?? displayName),
    fields: computed(() => store.dialogue?.fields ?? []),
    sections: computed(() => sections(questions.value)),
    place: computed(() => bestPlace(questions.value)),
    hands: computed(() => handsWith(store.hall.hands, store.waiting)),
    joinUrl: computed(() => {
      const code = store.hall.bridgePoint?.joinCode;
      return code ? `${window.location.origin}/j/${code}` : null;
    }),

    /** Sends what of the draft differs from the question. */
    edit(question: { id: string; wording: string; field: string | null }, draft: Draft): void {
      const wording = draft.wording.trim();
      const changes = {
        ...(wording !== '' && wording !== question.wording ? { wording } : {}),
        ...(draft.field !== question.field ? { field: draft.field } : {}),
      };
      if (Object.keys(changes).length === 0) return;
      void store.send('question.edit', { questionId: question.id, ...changes });
    },
    forward: (questionId: string) => void store.send('question.forward', { questionId }),
    giveBack: (questionId: string, reason: string) =>
      void store.send('question.return', { questionId, reason }),
    raise: (seatedName: string | null) =>
      void store.send('hand.raise', { handId: crypto.randomUUID(), bridgePointId, seatedName }),
    lower: (handId: string) => void store.send('hand.lower', { handId }),
    report: (headcount: number) =>
      void store.send('attendance.report', { bridgePointId, headcount }),
  };
}

export type UseHall = ReturnType<typeof useHall>;
