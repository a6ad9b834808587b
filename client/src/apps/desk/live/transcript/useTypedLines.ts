import { spokenTrack } from '@nhip-cau/shared/model/transcript';
import type { DeskCaptionFact } from '@nhip-cau/shared/protocol/facts';
import { useLocalStorage, useSessionStorage } from '@vueuse/core';
import { computed, onScopeDispose, ref, toValue, type MaybeRefOrGetter } from 'vue';
import { newId } from '../../../../core/connection/new-id.ts';
import { useRefusal } from '../../../../composables/useRefusal.ts';
import type { useDialogueStore } from '../../../../stores/dialogue.ts';

type Speaker = 'turn' | 'host';

interface TypedLine {
  lineId: string;
  text: string;
  /** `null` while it is on its way. */
  refusal: string | null;
}

export interface TypedLinesOptions {
  /** The language that is typed: what was said, where nothing else is told. */
  track?: MaybeRefOrGetter<string>;
  /** Who at the head table or in the hall speaks, where somebody has said so. */
  speakerName?: MaybeRefOrGetter<string | null>;
}

/** Lines that stand above the one being typed. */
const linesShown = 30;

/**
 * Typing what is said. A line goes to the turn on air, or to the head table; what was refused stays
 * to be typed anew, and what is being typed survives a reload.
 */
export function useTypedLines(
  store: ReturnType<typeof useDialogueStore>,
  { track = spokenTrack, speakerName = null }: TypedLinesOptions = {},
) {
  const { refusalText } = useRefusal();
  const text = useSessionStorage('nhip-cau.transcript-text', '');
  // For each page its own: what another tab is at does not change who speaks here.
  const wanted = useLocalStorage<Speaker>('nhip-cau.transcript-speaker', 'turn', {
    listenToStorageChanges: false,
  });
  const typed = ref<TypedLine[]>([]);

  const hasTurn = computed(() => Boolean(store.stage?.onAir));
  const speaker = computed<Speaker>(() => (hasTurn.value ? wanted.value : 'host'));
  const open = computed(() => ['live', 'paused'].includes(store.dialogue?.state ?? ''));
  const lines = computed<readonly DeskCaptionFact[]>(() =>
    store.desk.captions
      .filter((line) => line.track === toValue(track) && !line.isRemoved)
      .slice(-linesShown),
  );

  function forget(lineId: string): void {
    typed.value = typed.value.filter((line) => line.lineId !== lineId);
  }

  function keepRefused(lineId: string, lost: string, error: unknown): void {
    forget(lineId);
    typed.value.push({ lineId, text: lost, refusal: refusalText(error) });
  }

  /** Adds what was typed; `toOther`: this one line goes to the other speaker. */
  async function add({ toOther = false } = {}): Promise<void> {
    const line = text.value.trim();
    if (!line || !open.value) return;
    const lineId = newId();
    const other = speaker.value === 'turn' ? 'host' : 'turn';
    const by = toOther && hasTurn.value ? other : speaker.value;
    text.value = '';
    typed.value.push({ lineId, text: line, refusal: null });
    const outcome = await store.send('transcript.add', {
      lineId,
      text: line,
      speaker: by,
      track: toValue(track),
      speakerName: toOther ? null : toValue(speakerName),
    });
    if (outcome.ok) forget(lineId);
    else keepRefused(lineId, line, outcome.error);
  }

  /** Puts a refused line back to be typed. */
  function takeUp(lineId: string): void {
    const line = typed.value.find((one) => one.lineId === lineId);
    if (!line) return;
    text.value = [text.value, line.text].filter(Boolean).join(' ');
    forget(lineId);
  }

  onScopeDispose(
    store.onSettled(({ command, outcome, kept }) => {
      if (!kept || outcome.ok || command.name !== 'transcript.add') return;
      keepRefused(command.payload.lineId, command.payload.text, outcome.error);
    }),
  );

  return {
    text,
    typed,
    speaker,
    hasTurn,
    open,
    lines,
    add,
    takeUp,
    speakAs: (next: Speaker) => (wanted.value = next),
  };
}
