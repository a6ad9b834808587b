/**
 * Whether a page of `origin` is one of ours: it came from the public address, or from the very host
 * that it now asks (the loopback interface has several names).
 */
export function isOwnOrigin(
  publicUrl: string | undefined,
  origin: string,
  host: string | undefined,
): boolean {
  const parsed = URL.parse(origin);
  if (parsed === null || !['http:', 'https:'].includes(parsed.protocol)) return false;
  if (publicUrl !== undefined && URL.parse(publicUrl)?.origin === parsed.origin) return true;
  return host !== undefined && parsed.host === host.toLowerCase();
}
