import type { DialogueState } from '@nhip-cau/shared/model/session';
import { spokenTrack } from '@nhip-cau/shared/model/transcript';
import type {
  TranscriptBody,
  TranscriptLinesBody,
} from '@nhip-cau/shared/protocol/transcript-record';
import type { TranscriptStatus } from '@nhip-cau/shared/protocol/transcript';
import { computed, ref } from 'vue';
import type { Ref } from 'vue';
import { watchDebounced } from '@vueuse/core';
import { api } from '../../../../core/http.ts';
import { useSessionStore } from '../../../../stores/session.ts';
import type { useDialogueStore } from '../../../../stores/dialogue.ts';
import { useLoad } from '../../parts/useLoad.ts';
import { lineOf } from './model/body.ts';
import type { Line } from './model/line.ts';

/** How soon what others see is read again after something new was said. */
const settleMs = 3_000;

/** Where a page's lines come from. */
export interface TranscriptSource {
  lines: Readonly<Ref<readonly Line[]>>;
  byId: Readonly<Ref<ReadonlyMap<string, Line>>>;
  status: Readonly<Ref<TranscriptStatus | null>>;
  /** The language of the lines that are shown; there may be translations. */
  track: Ref<string>;
  tracks: Readonly<Ref<readonly string[]>>;
  dialogueState: Readonly<Ref<DialogueState>>;
  /** What the lines' questions ask, by question. */
  questions: Readonly<Ref<ReadonlyMap<string, string>>>;
  readWhole(query?: Record<string, string>): Promise<TranscriptBody>;
  readLines(ids: readonly string[]): Promise<TranscriptLinesBody>;
  error: Readonly<Ref<unknown>>;
  reload(): Promise<void>;
}

/** The transcript's requests, in the name of this tab's account. They throw `ApiError`. */
function useTranscriptRequests(dialogueId: string) {
  const session = useSessionStore();
  const path = `/api/dialogues/${dialogueId}/transcript`;
  const ask = <T>(where: string, query: Record<string, string> = {}) =>
    api<T>('GET', `${where}?${new URLSearchParams(query)}`, { principal: session.principal });
  return {
    readWhole: (query: Record<string, string> = {}) => ask<TranscriptBody>(path, query),
    readLines: (ids: readonly string[]) =>
      ask<TranscriptLinesBody>(`${path}/lines`, { ids: ids.join(',') }),
  };
}

/** The lines as they come in, for those who work at the desk. */
export function useLiveSource(
  store: ReturnType<typeof useDialogueStore>,
  dialogueId: string,
): TranscriptSource {
  const track = ref(spokenTrack);
  const all = computed<readonly Line[]>(() => store.desk.captions);
  const lines = computed(() => all.value.filter((line) => line.track === track.value));
  return {
    ...useTranscriptRequests(dialogueId),
    lines,
    byId: computed(() => new Map(all.value.map((line) => [line.id, line]))),
    status: computed(() => store.desk.transcript),
    track,
    tracks: computed(() => [...new Set([spokenTrack, ...all.value.map((line) => line.track)])]),
    dialogueState: computed(() => store.dialogue?.state ?? 'draft'),
    questions: computed(
      () => new Map([...store.desk.questions.values()].map(({ id, wording }) => [id, wording])),
    ),
    error: ref(null),
    reload: () => Promise.resolve(),
  };
}

/** The lines as they are published, for those who only read; read again after something was said. */
export function useReadSource(
  store: ReturnType<typeof useDialogueStore>,
  dialogueId: string,
): TranscriptSource {
  const requests = useTranscriptRequests(dialogueId);
  const track = ref(spokenTrack);
  const { value: body, error, reload } = useLoad(() => requests.readWhole());
  watchDebounced(
    [() => store.captions, () => store.dialogue?.state, () => store.host.transcript],
    () => void reload(),
    { debounce: settleMs },
  );
  const all = computed(() => (body.value?.lines ?? []).map(lineOf));
  return {
    ...requests,
    lines: computed(() => all.value.filter((line) => line.track === track.value)),
    byId: computed(() => new Map(all.value.map((line) => [line.id, line]))),
    status: computed(() => store.host.transcript ?? body.value),
    track,
    tracks: computed(() => body.value?.tracks ?? [spokenTrack]),
    dialogueState: computed(() => body.value?.dialogue.state ?? 'draft'),
    questions: computed(
      () => new Map((body.value?.questions ?? []).map(({ id, wording }) => [id, wording])),
    ),
    error,
    reload,
  };
}
