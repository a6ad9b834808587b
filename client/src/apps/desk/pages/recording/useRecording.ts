import type { CutStatus, RecordingBody } from '@nhip-cau/shared/protocol/recording';
import { useIntervalFn } from '@vueuse/core';
import { computed, watch } from 'vue';
import { api } from '../../../../core/http.ts';
import { useSessionStore } from '../../../../stores/session.ts';
import { recordingFileAddress } from '../../parts/recordingFile.ts';
import { useBoardPage } from '../../parts/useBoard.ts';
import { useLoad } from '../../parts/useLoad.ts';

/** How often the list of files is asked for while they grow. */
const refreshMs = 15_000;

/** A dialogue's recording: what stands, and what happens now. */
export function useRecording() {
  const session = useSessionStore();
  const { dialogueId, board } = useBoardPage();
  const path = `/api/dialogues/${dialogueId}/recording`;
  const ask = <T>(method: string, where: string) =>
    api<T>(method, where, { principal: session.principal });
  const { value: stored, error, reload } = useLoad(() => ask<RecordingBody>('GET', path));

  const live = computed(() => board.signals.recording);
  const isRecording = computed(() => (board.dialogue?.recordingSince ?? null) !== null);
  // The signal is newer, but only who works at the desk hears it.
  const disk = computed(() => live.value?.disk ?? stored.value?.disk ?? null);
  const cut = computed(() => live.value?.cut ?? stored.value?.cut ?? null);
  const writing = computed(() => (isRecording.value ? (live.value?.tracks ?? []) : []));
  useIntervalFn(() => void (isRecording.value && reload()), refreshMs);
  watch([isRecording, () => writing.value.length, () => cut.value?.state], () => void reload());

  return {
    dialogueId,
    board,
    stored,
    error,
    reload,
    isRecording,
    disk,
    cut,
    writing,
    startCut: () => ask<CutStatus>('POST', `${path}/cut`).then(reload),
    cancelCut: () => ask<unknown>('DELETE', `${path}/cut`).then(reload),
    fileAddress: (name: string) => recordingFileAddress(dialogueId, name, session.principal),
  };
}

export type UseRecording = ReturnType<typeof useRecording>;
