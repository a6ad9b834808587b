import type { DeckFact } from '@nhip-cau/shared/protocol/facts';
import type { CommandName, CommandPayload } from '@nhip-cau/shared/protocol/commands';
import { compareText } from '@nhip-cau/shared/model/text';
import { computed, onScopeDispose, ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRefusal } from '../../../../composables/useRefusal.ts';
import { useScreenShare } from '../../../../composables/useScreenShare.ts';
import { sendFile } from '../../../../core/send-file.ts';
import type { MediaClient } from '../../../../core/media/media-client.ts';
import type { useDialogueStore } from '../../../../stores/dialogue.ts';
import type { UseNotices } from '../useNotices.ts';
import { stepped, titleOf } from './paging.ts';

/** Largest document that the server takes, in bytes. */
const maxDeckBytes = 32 * 1_048_576;

type Names = Extract<CommandName, `presentation.${string}`>;

export interface UsePresentationOptions {
  store: ReturnType<typeof useDialogueStore>;
  decks: () => ReadonlyMap<string, DeckFact>;
  notices: Pick<UseNotices, 'refused'>;
  client: MediaClient;
}

/** What staff can do about what is presented: documents, their pages, this computer's screen. */
export function usePresentation({ store, decks, notices, client }: UsePresentationOptions) {
  const { t } = useI18n();
  const { refusalText } = useRefusal();
  const shown = computed(() => store.stage?.presentation ?? null);
  /** Where the steps that are under way lead: who presses twice goes two pages. */
  let aim: { deckId: string; page: number } | null = null;
  const upload = ref<{ name: string; share: number } | null>(null);
  const uploadRefusal = ref<string | null>(null);
  let abort: AbortController | null = null;

  const refused = (error: unknown) => notices.refused(t('live.refused'), refusalText(error));
  const share = useScreenShare({
    client,
    bridgePointId: () => store.dialogue?.centralBridgePointId ?? null,
    shown: () => shown.value,
    send: store.send,
    refused,
  });

  async function send<Name extends Names>(name: Name, payload: CommandPayload<Name>) {
    const outcome = await store.send(name, payload);
    if (!outcome.ok) refused(outcome.error);
    return outcome.ok;
  }

  async function show(deckId: string, page: number): Promise<void> {
    const mine = { deckId, page };
    aim = mine;
    await send('presentation.showDeck', mine);
    if (aim === mine) aim = null;
  }

  async function step(by: number): Promise<void> {
    const now = shown.value;
    if (now?.kind !== 'deck') return;
    const from = aim?.deckId === now.deckId ? aim.page : now.page;
    const page = stepped({ page: from, pages: now.pages }, by);
    if (page !== from) await show(now.deckId, page);
  }

  async function add(file: File): Promise<void> {
    const { session } = store;
    if (!session || upload.value) return;
    uploadRefusal.value = null;
    if (file.size > maxDeckBytes) {
      uploadRefusal.value = t('presentation.upload.tooLarge');
      return;
    }
    const { principal, dialogueId } = session;
    const { signal } = (abort = new AbortController());
    upload.value = { name: file.name, share: 0 };
    try {
      const onProgress = (part: number) => (upload.value = { name: file.name, share: part });
      const path = `/api/dialogues/${dialogueId}/decks`;
      const sent = await sendFile(path, file, { principal, onProgress, signal });
      const { attachmentId: deckId, pages } = sent;
      await send('presentation.addDeck', { deckId, pages, title: titleOf(file.name) });
    } catch (error) {
      if (!signal.aborted) uploadRefusal.value = refusalText(error);
    } finally {
      upload.value = null;
    }
  }
  onScopeDispose(() => abort?.abort());

  return {
    shown,
    session: computed(() => store.session),
    decks: computed(() => [...decks().values()].sort((a, b) => compareText(a.title, b.title))),
    canShow: computed(() => ['open', 'live', 'paused'].includes(store.dialogue?.state ?? '')),
    /** A screen has sound: it reaches the halls only while the head table's microphone may. */
    canShare: computed(() => store.dialogue?.state === 'live'),
    upload,
    uploadRefusal,
    share,
    add,
    cancelUpload: () => abort?.abort(),
    show,
    step,
    end: () => (share.state.value === 'sharing' ? share.stop() : send('presentation.end', {})),
    remove: (deckId: string) => send('presentation.removeDeck', { deckId }),
    /** A picture of any page of a document that is ready. */
    pageAddress(deckId: string, page: number): string {
      const { principal, dialogueId } = store.session!;
      const as = encodeURIComponent(principal);
      return `/api/dialogues/${dialogueId}/attachments/${deckId}/pages/${page}?principal=${as}`;
    },
  };
}

export type UsePresentation = ReturnType<typeof usePresentation>;
