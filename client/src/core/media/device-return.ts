import type { DeviceChoice } from './devices.ts';

/** A device that was pulled out while it was in use. */
export interface LostDevice {
  /** Its own id; absent where the browser did not say. */
  readonly deviceId: string | undefined;
  /** The one that a person chose; null for whichever the browser takes. */
  readonly chosenId: string | null;
}

/**
 * The device to take up again now that these are there, or undefined to go on waiting: the lost one
 * when it is back, any where nobody chose one. A chosen one is waited for: another hall microphone
 * than the mixing desk's is worse than none.
 */
export function deviceToReturn(
  { chosenId, deviceId }: LostDevice,
  present: readonly DeviceChoice[],
): { deviceId: string | undefined } | undefined {
  const wanted = [deviceId, chosenId].find((id) =>
    present.some((one) => id && one.deviceId === id),
  );
  if (wanted) return { deviceId: wanted };
  return chosenId === null && present.length > 0 ? { deviceId: undefined } : undefined;
}
