import { onScopeDispose, shallowReactive, ref, watch } from 'vue';
import type { Ref } from 'vue';
import { qrPath } from '../../../../ui/qr.ts';
import type { QrPath } from '../../../../ui/qr.ts';

/** Codes made between two frames: about 10 ms of work on an office computer. */
const chunk = 8;

const nextFrame = () => new Promise<void>((resolve) => setTimeout(resolve));

/**
 * Encodes `texts` a few at a time, so that a page of hundreds still answers; `codes` fills up as
 * they are made, and those made once are kept.
 */
export function useQrSheets(texts: Readonly<Ref<readonly string[]>>) {
  const codes = shallowReactive(new Map<string, QrPath>());
  const done = ref(0);
  let round = 0;

  async function make(wanted: readonly string[]): Promise<void> {
    const mine = (round += 1);
    const missing = wanted.filter((text) => !codes.has(text));
    done.value = wanted.length - missing.length;
    for (let start = 0; start < missing.length; start += chunk) {
      const batch = missing.slice(start, start + chunk);
      const made = await Promise.all(batch.map(qrPath));
      if (mine !== round) return;
      batch.forEach((text, index) => codes.set(text, made[index]!));
      done.value += batch.length;
      await nextFrame();
      if (mine !== round) return;
    }
  }

  watch(texts, (wanted) => void make(wanted), { immediate: true });
  onScopeDispose(() => (round += 1));
  return { codes, done };
}
