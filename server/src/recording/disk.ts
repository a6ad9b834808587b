import type { DiskLevel } from '@nhip-cau/shared/model/recording';
import type { DiskStatus } from '@nhip-cau/shared/protocol/recording';

export interface DiskLimits {
  /** Below that many bytes somebody is warned. */
  warnBytes: number;
  /** The same, below that many minutes at the present rate. */
  warnMinutes: number;
  /** Below that many bytes nothing is recorded: the database needs room too. */
  floorBytes: number;
}

/** What the disk has left for recordings that write `bytesPerSecond`. */
export function diskStatus(
  freeBytes: number,
  bytesPerSecond: number,
  limits: DiskLimits,
): DiskStatus {
  const usableBytes = Math.max(0, freeBytes - limits.floorBytes);
  const minutesLeft = bytesPerSecond > 0 ? usableBytes / bytesPerSecond / 60 : null;
  return { level: levelOf(freeBytes, minutesLeft, limits), freeBytes, bytesPerSecond, minutesLeft };
}

function levelOf(freeBytes: number, minutesLeft: number | null, limits: DiskLimits): DiskLevel {
  if (freeBytes < limits.floorBytes) return 'full';
  const isLow = freeBytes < limits.warnBytes || (minutesLeft ?? Infinity) < limits.warnMinutes;
  return isLow ? 'low' : 'ok';
}
