import type { Me, MeBody } from '@nhip-cau/shared/protocol/http';
import type { Principal } from '@nhip-cau/shared/protocol/socket';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { api } from '../core/http.ts';

const storageKey = 'nhip-cau.principal';

type Staff = Extract<Me, { kind: 'staff' }>;
type Device = Extract<Me, { kind: 'device' }>;
type Person = Extract<Me, { kind: 'person' }>;

/**
 * Whom this tab speaks for. One browser may hold several sessions (on one machine a demonstration
 * has them all); `?as=` in the address chooses, and the tab remembers.
 */
export const useSessionStore = defineStore('session', () => {
  const me = shallowRef<readonly Me[]>([]);
  const isLoaded = ref(false);
  const chosen = ref<Principal | null>(initiallyChosen());

  const current = computed<Me | null>(
    () =>
      me.value.find(({ principal }) => principal === chosen.value) ??
      me.value.find(({ kind }) => kind === 'staff') ??
      null,
  );
  const principal = computed(() => current.value?.principal ?? null);
  const account = computed<Staff | null>(() => ofKind<Staff>(current.value, 'staff'));

  /** Reads from the server who this browser is. Throws `ApiError`. */
  async function load(): Promise<void> {
    me.value = (await api<MeBody>('GET', '/api/me')).principals;
    isLoaded.value = true;
  }

  /** Speaks for this one from now on, in this tab. */
  function choose(next: Principal): void {
    chosen.value = next;
    try {
      window.sessionStorage.setItem(storageKey, next);
    } catch {
      // Refused by the browser: it then lasts as long as the page.
    }
  }

  /** Throws `ApiError`: `wrong_credentials`, `locked_out` among others. */
  async function signIn(username: string, password: string): Promise<Me> {
    const signedIn = await api<Me>('POST', '/api/sign-in', { body: { username, password } });
    choose(signedIn.principal);
    await load();
    return signedIn;
  }

  /** Ends the session at the server. Throws `ApiError`. */
  async function signOut(): Promise<void> {
    await api('POST', '/api/sign-out', { principal: principal.value });
    await load();
  }

  /** Throws `ApiError`: `wrong_credentials`, `password_too_weak` among others. */
  async function changePassword(oldPassword: string, newPassword: string): Promise<void> {
    const body = { oldPassword, newPassword };
    await api('POST', '/api/password', { principal: principal.value, body });
    await load();
  }

  /** This browser's session as the computer of a hall, if it has one. */
  function deviceOf(bridgePointId: string): Device | null {
    const device = me.value.find((one) => one.principal === `device:${bridgePointId}`);
    return ofKind<Device>(device ?? null, 'device');
  }

  /** This browser's session as a participant of a dialogue, if it has one. */
  function personOf(dialogueId: string): Person | null {
    const person = me.value.find((one) => one.principal === `person:${dialogueId}`);
    return ofKind<Person>(person ?? null, 'person');
  }

  return {
    account,
    changePassword,
    choose,
    current,
    deviceOf,
    isLoaded,
    load,
    me,
    personOf,
    principal,
    signIn,
    signOut,
  };
});

function ofKind<Kind extends Me>(me: Me | null, kind: Kind['kind']): Kind | null {
  return me?.kind === kind ? (me as Kind) : null;
}

function initiallyChosen(): Principal | null {
  const asked = new URLSearchParams(window.location.search).get('as');
  try {
    if (asked) window.sessionStorage.setItem(storageKey, asked);
    return (asked ?? window.sessionStorage.getItem(storageKey)) as Principal | null;
  } catch {
    return asked as Principal | null;
  }
}
