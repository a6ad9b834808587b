import type { CommandOutcome } from '@nhip-cau/shared/protocol/commands';
import { useLocalStorage } from '@vueuse/core';
import type { WaitingCommand } from '../../../../core/connection/waiting-command.ts';
import { newId } from '../../../../core/connection/new-id.ts';
import { typedIn } from './typed.ts';

type Refused = Extract<CommandOutcome, { ok: false }>['error'];

/** What was typed and then refused: nobody shall have to type it again. */
export interface Kept {
  id: string;
  command: WaitingCommand['name'];
  text: string;
  error: Refused;
  /** A question that was not taken, to be entered anew. */
  slip: { text: string; name: string | null; field: string | null } | null;
}

/** The refused texts of one hall; they outlast a reload, until a person has seen to them. */
export function useKept(bridgePointId: string) {
  const all = useLocalStorage<Kept[]>(`nhip-cau.refused:${bridgePointId}`, []);

  function keep(command: WaitingCommand, error: Refused): void {
    const text = typedIn(command);
    if (text === null) return;
    const slip =
      command.name === 'question.ask'
        ? { text, name: command.payload.onBehalfOf?.name ?? null, field: command.payload.field }
        : null;
    all.value = [...all.value, { id: newId(), command: command.name, text, error, slip }];
  }

  function drop(id: string): void {
    all.value = all.value.filter((one) => one.id !== id);
  }

  return { all, keep, drop };
}
