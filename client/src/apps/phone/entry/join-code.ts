/** A code as typed, in the form that the server knows it by. */
export function normaliseCode(typed: string): string {
  return typed.replace(/[\s-]/g, '').toUpperCase();
}

/** The code in an address like `/j/K7M2QX`, or `null`. */
export function codeOfPath(path: string): string | null {
  const code = /^\/j\/([^/]+)\/?$/.exec(path)?.[1];
  if (code === undefined) return null;
  try {
    return normaliseCode(decodeURIComponent(code));
  } catch {
    return normaliseCode(code);
  }
}
