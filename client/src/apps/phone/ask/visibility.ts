import type { NameVisibility } from '@nhip-cau/shared/model/questions';
import type { NamePolicy } from '@nhip-cau/shared/model/session';

/** The choice as it can be sent: no name without one, and none hidden where it is required. */
export function visibilityFor(
  chosen: NameVisibility,
  name: string | null,
  policy: NamePolicy,
): NameVisibility {
  if (name === null || policy === 'none') return 'none';
  return chosen === 'none' && policy === 'required' ? 'hall' : chosen;
}
