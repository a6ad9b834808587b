import type { PushKeyBody } from '@nhip-cau/shared/protocol/http';
import { questionStates } from '@nhip-cau/shared/model/questions';
import { ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { api } from '../../../core/http.ts';
import { useDialogueStore } from '../../../stores/dialogue.ts';

/** `none`: this browser or this server cannot. `denied`: the person said no to the browser. */
export type PushState = 'none' | 'off' | 'on' | 'denied';

/** Nothing is served there: the worker stands behind no page. */
const scope = '/phone/push/';

/** Being told of one's questions while this page is closed. */
export function usePush() {
  const { t } = useI18n();
  const store = useDialogueStore();
  const state = ref<PushState>('none');
  const isBusy = ref(false);
  let publicKey: string | null = null;

  const request = <T>(method: string, path: string, body?: object) =>
    api<T>(method, path, { principal: store.session?.principal ?? null, body });
  const subscriptions = () =>
    `/api/dialogues/${store.session?.dialogueId ?? ''}/push-subscriptions`;

  /** Finds out whether it is possible, and on. Never rejects: without an answer it is not offered. */
  async function load(): Promise<void> {
    const isPossible = 'serviceWorker' in navigator && 'PushManager' in window;
    if (!isPossible) return;
    try {
      ({ publicKey } = await request<PushKeyBody>('GET', '/api/push-key'));
      if (publicKey === null) return;
      const present = await presentSubscription();
      if (present) await give(present);
      state.value = present ? 'on' : Notification.permission === 'denied' ? 'denied' : 'off';
    } catch {
      state.value = 'none';
    }
  }

  /** Asks the person and turns it on. Throws `ApiError`, or the browser's own error. */
  async function turnOn(): Promise<void> {
    await busy(async () => {
      if ((await Notification.requestPermission()) !== 'granted') {
        state.value = 'denied';
        return;
      }
      const registration = await activeRegistration();
      await give(
        await registration.pushManager.subscribe({
          userVisibleOnly: true,
          applicationServerKey: publicKey,
        }),
      );
      state.value = 'on';
    });
  }

  /** Throws `ApiError`; the browser forgets it all the same. */
  async function turnOff(): Promise<void> {
    await busy(async () => {
      const present = await presentSubscription();
      state.value = 'off';
      await present?.unsubscribe();
      if (present)
        await request('POST', `${subscriptions()}/remove`, { endpoint: present.endpoint });
    });
  }

  async function give(subscription: PushSubscription): Promise<void> {
    const { endpoint, keys } = subscription.toJSON();
    await request('POST', subscriptions(), {
      endpoint,
      p256dh: keys?.['p256dh'],
      auth: keys?.['auth'],
    });
  }

  async function activeRegistration(): Promise<ServiceWorkerRegistration> {
    const words = Object.fromEntries(
      questionStates.map((one) => [one, t(`states.question.${one}`)]),
    );
    const news = t('phone.question.news', { state: '{state}' });
    const said = JSON.stringify({ words, news, code: t('phone.questionCode.label') });
    const address = `/push-worker.js?words=${encodeURIComponent(said)}`;
    const registration = await navigator.serviceWorker.register(address, { scope });
    const worker = registration.installing ?? registration.waiting;
    if (worker && !registration.active) {
      await new Promise<void>((resolve) => {
        worker.addEventListener('statechange', () => worker.state === 'activated' && resolve());
      });
    }
    return registration;
  }

  async function busy(work: () => Promise<void>): Promise<void> {
    if (isBusy.value) return;
    isBusy.value = true;
    try {
      await work();
    } finally {
      isBusy.value = false;
    }
  }

  return { isBusy, load, state, turnOff, turnOn };
}

async function presentSubscription(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration(scope);
  return (await registration?.pushManager.getSubscription()) ?? null;
}
