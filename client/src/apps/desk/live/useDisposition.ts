import { useOverlay } from '@nuxt/ui/composables';
import type { Disposition, DispositionKind } from '@nhip-cau/shared/model/questions';
import AssignDialog from './AssignDialog.vue';
import TextChoiceDialog from './TextChoiceDialog.vue';

/** Asks what a kind of disposition still needs: resolves to it whole, `null` when given up. */
export function useDisposition(): (
  kind: DispositionKind,
  from: { agencies: readonly string[]; now: number },
) => Promise<Disposition | null> {
  const overlay = useOverlay();
  const assign = () => overlay.create(AssignDialog, { destroyOnClose: true });
  const choose = () => overlay.create(TextChoiceDialog, { destroyOnClose: true });

  return async (kind, { agencies, now }) => {
    switch (kind) {
      case 'answeredHere':
        return { kind };
      case 'assigned': {
        const answer = await assign().open({ agencies: [...agencies], now }).result;
        return answer ? { kind, ...answer } : null;
      }
      case 'escalated': {
        const to = await choose().open({ kind }).result;
        return to ? { kind, to } : null;
      }
      case 'outside': {
        const reason = await choose().open({ kind }).result;
        return reason ? { kind, reason } : null;
      }
    }
  };
}
