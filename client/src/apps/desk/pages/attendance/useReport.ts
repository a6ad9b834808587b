import type { AttendanceBody } from '@nhip-cau/shared/protocol/attendance-report';
import { useIntervalFn } from '@vueuse/core';
import { computed } from 'vue';
import { api } from '../../../../core/http.ts';
import { useLocale } from '../../../../locales/i18n.ts';
import { useSessionStore } from '../../../../stores/session.ts';
import { useLoad } from '../../parts/useLoad.ts';

const renewMs = 60_000;

/** What the log alone knows of attendance, renewed every minute, and the files to keep. */
export function useReport(dialogueId: string) {
  const session = useSessionStore();
  const { locale } = useLocale();
  const path = `/api/dialogues/${dialogueId}/attendance`;
  const { value, error, reload } = useLoad(() =>
    api<AttendanceBody>('GET', path, { principal: session.principal }),
  );
  useIntervalFn(() => void reload(), renewMs);

  // A link carries no header, so it names the account in its query.
  const files = computed(() => {
    const query = (rest: object = {}) =>
      new URLSearchParams({ principal: session.principal ?? '', lang: locale.value, ...rest });
    return [
      { kind: 'xlsx', icon: 'i-lucide-file-spreadsheet', address: `${path}.xlsx?${query()}` },
      { kind: 'csv', icon: 'i-lucide-file-text', address: `${path}.csv?${query()}` },
      {
        kind: 'people',
        icon: 'i-lucide-file-text',
        address: `${path}.csv?${query({ sheet: 'people' })}`,
      },
    ] as const;
  });

  return { report: value, error, reload, files };
}
