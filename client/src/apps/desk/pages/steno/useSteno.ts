import { defaultAbbreviations, expand, expandAtEnd } from '@nhip-cau/shared/model/abbreviations';
import { spokenTrack } from '@nhip-cau/shared/model/transcript';
import { typingLength, typistOf } from '@nhip-cau/shared/model/stenography';
import { useLocalStorage, useThrottleFn } from '@vueuse/core';
import { computed, onScopeDispose, ref, watch } from 'vue';
import type { useDialogueStore } from '../../../../stores/dialogue.ts';
import { useTypedLines } from '../../live/transcript/useTypedLines.ts';
import { speakerOfKey, withName, type StenoSpeaker } from './model/speakers.ts';

/** How often others are shown what is being typed, in ms. */
const tellMs = 250;
/** Lines of what was said that stand above an interpreter's own. */
const sourceShown = 6;

/** The stenographer's page: what is typed, for whom, in whose turn. */
export function useSteno(store: ReturnType<typeof useDialogueStore>) {
  // A page opens with what was typed last, and goes its own way: one tab types Vietnamese, the
  // next one English.
  const track = useLocalStorage('nhip-cau.steno-track', spokenTrack, {
    listenToStorageChanges: false,
  });
  const names = useLocalStorage<string[]>('nhip-cau.steno-names', []);
  const speakerName = ref<string | null>(null);
  const typing = useTypedLines(store, { track, speakerName });
  const { text, speaker } = typing;

  const pages = computed(() => store.signals.stenographers);
  const typist = computed(() => typistOf(pages.value, track.value) ?? null);
  const isOwnTurn = computed(
    () => typist.value === null || typist.value.socketId === store.socketId(),
  );
  const waiting = computed(() =>
    pages.value.filter((page) => page.track === track.value && page !== typist.value),
  );
  const abbreviations = computed(() => [
    ...(store.desk.vocabulary?.abbreviations ?? []),
    ...(track.value === spokenTrack ? defaultAbbreviations : []),
  ]);
  /** What an interpreter hears and reads: the lines as they were said. */
  const source = computed(() =>
    track.value === spokenTrack
      ? []
      : store.desk.captions
          .filter((line) => line.track === spokenTrack && !line.isRemoved)
          .slice(-sourceShown),
  );

  function tell({ takesTurn = false } = {}): void {
    store.tellTyping({
      track: track.value,
      speaker: speaker.value,
      text: text.value.slice(-typingLength),
      takesTurn,
    });
  }
  const tellSoon = useThrottleFn(() => tell(), tellMs, true);
  watch([text, speaker, track], () => void tellSoon());
  watch(
    () => store.status,
    (status) => status === 'online' && tell(),
    { immediate: true },
  );
  onScopeDispose(() => store.tellTyping(null));

  function speakAs({ by, name }: StenoSpeaker): void {
    typing.speakAs(by);
    speakerName.value = name;
  }

  /** Adds the line, its last abbreviation written out. */
  function add(how?: { toOther?: boolean }): Promise<void> {
    text.value = expandAtEnd(text.value, abbreviations.value);
    return typing.add(how);
  }

  return {
    ...typing,
    add,
    track,
    names,
    speakerName,
    source,
    typist,
    isOwnTurn,
    waiting,
    takeTurn: () => tell({ takesTurn: true }),
    /** What stands in the field after a key, with abbreviations written out; and the cursor. */
    expandAt: (typed: string, cursor: number) => expand(typed, cursor, abbreviations.value),
    speakAs,
    /** Says whether the key was a speaker's. */
    speakByKey(key: string): boolean {
      const chosen = speakerOfKey(key, names.value);
      if (chosen) speakAs(chosen);
      return chosen !== null;
    },
    addName(name: string): void {
      names.value = withName(names.value, name);
      speakAs({ by: 'host', name: name.trim().replace(/\s+/g, ' ') || null });
    },
    removeName: (name: string) => {
      names.value = names.value.filter((one) => one !== name);
      if (speakerName.value === name) speakerName.value = null;
    },
  };
}

export type Steno = ReturnType<typeof useSteno>;
