import type { RecordingBody } from '@nhip-cau/shared/protocol/recording';
import { computed, shallowRef } from 'vue';
import { api } from '../../../../core/http.ts';
import { useSessionStore } from '../../../../stores/session.ts';
import { recordingFileAddress } from '../../parts/recordingFile.ts';
import { useLoad } from '../../parts/useLoad.ts';
import { momentOf } from './model/film.ts';
import type { Line } from './model/line.ts';

/** The dialogue's recording as one film, where one was made of it and may be seen. */
export function useFilm(dialogueId: string, mayRead: boolean) {
  const { principal } = useSessionStore();
  const ask = (): Promise<RecordingBody | null> =>
    mayRead
      ? api<RecordingBody>('GET', `/api/dialogues/${dialogueId}/recording`, { principal })
      : Promise.resolve(null);
  const { value: recording } = useLoad(ask);
  const ending = (kind: string) =>
    (recording.value?.files ?? [])
      .filter(({ name }) => name.endsWith(`.${kind}`))
      .map(({ name }) => recordingFileAddress(dialogueId, name, principal));
  const spans = computed(() => recording.value?.spans ?? []);
  /** What is asked for, anew each time; `null`: the film is not shown. */
  const asked = shallowRef<{ ms: number } | null>(null);

  return {
    asked,
    sources: computed(() => [
      ...ending('mp4').map((src) => ({ src, type: 'video/mp4' })),
      ...ending('webm').map((src) => ({ src, type: 'video/webm' })),
    ]),
    captions: computed(() => ending('vtt')[0] ?? null),
    shows: (line: Line) => momentOf(line, spans.value) !== null,
    show(line: Line): void {
      const ms = momentOf(line, spans.value);
      if (ms !== null) asked.value = { ms };
    },
    hide: () => (asked.value = null),
  };
}
