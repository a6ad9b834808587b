import type { Config } from '../config.ts';
import type { PushStore } from '../dialogue/push/ports.ts';
import { PushService } from '../dialogue/push/service.ts';
import { createPushSender, generateKeys } from './sender.ts';

/** Messages to askers' browsers, by this installation's own keys; `null` where they are off. */
export async function openPush(
  settings: Config['push'],
  store: PushStore,
  onError: (error: unknown, dialogueId: string) => void,
): Promise<PushService | null> {
  if (settings === null) return null;
  const keys = await store.keys(generateKeys());
  return new PushService({ store, sender: createPushSender({ keys, ...settings }), onError });
}
