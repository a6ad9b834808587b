import type { TypedChannel } from '@nhip-cau/shared/model/questions';
import { compareText } from '@nhip-cau/shared/model/text';
import { useSessionStorage } from '@vueuse/core';
import { computed, ref } from 'vue';
import { newId } from '../../../../core/connection/new-id.ts';
import { useRefusal } from '../../../../composables/useRefusal.ts';
import { hallName } from '../../live/hall-name.ts';
import { useDesk } from './useDesk.ts';

interface Entry {
  channel: TypedChannel;
  bridgePointId: string | null;
  text: string;
  name: string;
  field: string | null;
  urgent: boolean;
}

interface Entered {
  id: string;
  text: string;
  sent: boolean;
  refusal: string | null;
}

const emptied = { text: '', name: '', field: null, urgent: false };
/** Those that stand below the form. */
const mostShown = 8;

/**
 * Typing in what came on paper. What is being typed survives a reload; what was refused comes back
 * into the form unless the next one is being typed already.
 */
export function useIntake() {
  const { store } = useDesk();
  const { refusalText } = useRefusal();
  const entry = useSessionStorage<Entry>(`nhip-cau.intake.${store.session?.dialogueId}`, {
    channel: 'slip',
    bridgePointId: null,
    ...emptied,
  });
  const entered = ref<Entered[]>([]);
  const halls = computed(() =>
    [...store.desk.bridgePoints.values()]
      .map(({ id, name, district }) => ({ id, name: hallName(name), district }))
      .sort((a, b) => compareText(a.district, b.district) || compareText(a.name, b.name)),
  );
  const complete = computed(
    () =>
      entry.value.text.trim() !== '' &&
      entry.value.bridgePointId !== null &&
      store.desk.bridgePoints.has(entry.value.bridgePointId) &&
      (store.dialogue?.namePolicy !== 'required' || entry.value.name.trim() !== ''),
  );

  /** Sends it and empties the form for the next one; does not wait for the answer. */
  function save(): void {
    const typed = { ...entry.value };
    if (!complete.value || typed.bridgePointId === null) return;
    const name = store.dialogue?.namePolicy === 'none' ? null : typed.name.trim() || null;
    const text = typed.text.trim();
    const questionId = newId();
    entered.value = [
      { id: questionId, text, sent: false, refusal: null },
      ...entered.value.slice(0, mostShown - 1),
    ];
    Object.assign(entry.value, emptied);
    void store
      .send('question.ask', {
        questionId,
        bridgePointId: typed.bridgePointId,
        text,
        field: typed.field,
        nameVisibility: name === null ? 'none' : 'hall',
        onBehalfOf: { name },
        channel: typed.channel,
        urgency: typed.urgent ? 'urgent' : 'normal',
      })
      .then((outcome) => {
        const refusal = outcome.ok ? null : refusalText(outcome.error);
        entered.value = entered.value.map((one) =>
          one.id === questionId ? { ...one, sent: outcome.ok, refusal } : one,
        );
        if (!outcome.ok && entry.value.text.trim() === '') Object.assign(entry.value, typed);
      });
  }

  return {
    store,
    /** Reactive: its fields are what the form shows. */
    get entry() {
      return entry.value;
    },
    halls,
    complete,
    entered,
    save,
  };
}
