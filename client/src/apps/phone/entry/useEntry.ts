import type { JoinedBody, JoinInvitationBody } from '@nhip-cau/shared/protocol/http';
import { ref, shallowRef } from 'vue';
import { api, ApiError } from '../../../core/http.ts';
import { newId } from '../../../core/connection/new-id.ts';
import { useDialogueStore } from '../../../stores/dialogue.ts';
import { useSessionStore } from '../../../stores/session.ts';
import { persisted } from '../../../composables/persisted.ts';
import { codeOfPath } from './join-code.ts';

/** `code`: one is to be typed. `invited`: the code is known, not yet joined. `in`: taking part. */
export type EntryPhase = 'loading' | 'code' | 'invited' | 'in' | 'failed';

/** How a phone gets from an address to its dialogue. */
export function useEntry() {
  const session = useSessionStore();
  const dialogue = useDialogueStore();
  const phase = ref<EntryPhase>('loading');
  const invitation = shallowRef<JoinInvitationBody | null>(null);
  const error = shallowRef<unknown>(null);
  const kept = persisted('nhip-cau.phone', {
    lastDialogueId: '',
    /** By dialogue: the number that makes a repeated request the same participant. */
    personIds: {} as Record<string, string>,
  });
  let code = codeOfPath(window.location.pathname);

  /** Finds out where this phone stands; never rejects. */
  async function start(): Promise<void> {
    if (phase.value !== 'invited') phase.value = 'loading';
    try {
      await session.load();
      if (code === null) resume();
      else await readInvitation(code);
    } catch (failure) {
      fail(failure);
    }
  }

  /** Goes on with a code that was typed. Throws `ApiError`. */
  async function useCode(typed: string): Promise<void> {
    await readInvitation(typed);
    code = typed;
    window.history.replaceState(null, '', `/j/${typed}`);
  }

  /** Joins under this name, or none. Throws `ApiError`. */
  async function join(name: string | null): Promise<void> {
    if (!invitation.value || code === null) return;
    const { dialogueId } = invitation.value;
    const personId = (kept.value.personIds[dialogueId] ??= newId());
    const body = { code, name, personId };
    await api<JoinedBody>('POST', '/api/join', { body });
    await session.load();
    enter(dialogueId);
  }

  /** Takes part anew after the session was ended: as somebody new. */
  async function joinAgain(): Promise<void> {
    delete kept.value.personIds[kept.value.lastDialogueId];
    dialogue.disconnect();
    phase.value = 'loading';
    await start();
  }

  async function readInvitation(wanted: string): Promise<void> {
    const found = await api<JoinInvitationBody>('GET', `/api/join/${encodeURIComponent(wanted)}`);
    invitation.value = found;
    if (session.personOf(found.dialogueId)) enter(found.dialogueId);
    else phase.value = 'invited';
  }

  /** Without a code: the dialogue that this phone was in last. */
  function resume(): void {
    const persons = session.me.filter((me) => me.kind === 'person');
    const last = persons.find(({ dialogueId }) => dialogueId === kept.value.lastDialogueId);
    const person = last ?? persons.at(-1);
    if (person) enter(person.dialogueId);
    else phase.value = 'code';
  }

  function enter(dialogueId: string): void {
    const person = session.personOf(dialogueId);
    if (!person) return fail(new ApiError({ code: 'not_signed_in' }, 401));
    kept.value.lastDialogueId = dialogueId;
    dialogue.connect({ principal: person.principal, dialogueId });
    phase.value = 'in';
  }

  function fail(failure: unknown): void {
    error.value = failure;
    const isUnknown = failure instanceof ApiError && failure.code === 'code_unknown';
    phase.value = isUnknown ? 'code' : 'failed';
  }

  return { error, invitation, join, joinAgain, phase, start, useCode };
}
