import type { Me } from '@nhip-cau/shared/protocol/http';
import { computed, onScopeDispose } from 'vue';
import { provideClock } from '../../../../composables/useClock.ts';
import { useDialogueStore } from '../../../../stores/dialogue.ts';
import { attendeesWith } from './hall-attendance.ts';
import { headcountWith } from './headcount.ts';
import { handsWith, questionsWith } from './hall-questions.ts';
import { bestPlace } from './hall-sections.ts';
import { useHallCommands } from './useHallCommands.ts';

export type HallDevice = Extract<Me, { kind: 'device' }>;

/**
 * One hall as its moderator works on it: the boards with what is not yet acknowledged already in
 * them, so that the page is the same with and without a line.
 */
export function useHall({ principal, dialogueId, bridgePointId, displayName }: HallDevice) {
  const store = useDialogueStore();
  store.connect({ principal, dialogueId, keepsBoards: true });
  provideClock(() => store.now());
  onScopeDispose(() => store.disconnect());

  const questions = computed(() => questionsWith(store.hall.questions.values(), store.waiting));
  const people = computed(() => attendeesWith(store.hall.attendees.values(), store.waiting));
  const hands = computed(() => handsWith(store.hall.hands, store.waiting));
  const bridgePoint = computed(() => headcountWith(store.hall.bridgePoint, store.waiting));
  const questionById = computed(() => new Map(questions.value.map((one) => [one.id, one])));
  const personById = computed(() => new Map(people.value.map((one) => [one.id, one])));
  const commands = useHallCommands(store, bridgePointId, () => ({
    question: (id) => questionById.value.get(id),
    attendee: (id) => personById.value.get(id),
    hasHand: (id) => hands.value.some((hand) => hand.id === id),
    bridgePoint: bridgePoint.value,
  }));

  return {
    ...commands,
    store,
    principal,
    dialogueId,
    bridgePointId,
    bridgePoint,
    questions,
    people,
    hands,
    name: computed(() => store.hall.bridgePoint?.name ?? displayName),
    fields: computed(() => store.dialogue?.fields ?? []),
    namePolicy: computed(() => store.dialogue?.namePolicy ?? 'optional'),
    rules: computed(() => store.dialogue?.rules ?? null),
    ended: computed(() => store.dialogue?.state === 'ended'),
    place: computed(() => bestPlace(questions.value)),
    joinUrl: computed(() => {
      const code = store.hall.bridgePoint?.joinCode;
      return code ? `${window.location.origin}/j/${code}` : null;
    }),
    /** When the view was last known to be true, epoch ms; `null` while it is, or before all. */
    viewAt: computed(() => (store.status === 'online' ? null : store.lastHeardAt || null)),
  };
}

export type UseHall = ReturnType<typeof useHall>;
