/** Where a phone goes to join a hall. `origin` is the address that people reach this server by. */
export const joinAddress = (origin: string, joinCode: string) => `${origin}/j/${joinCode}`;

/** Where the code can be typed, as a person writes it: without the scheme. */
export const typedAddress = (origin: string) => `${origin.replace(/^https?:\/\//, '')}/phone`;

/** A code in two halves, so that it is read without losing the place: `K7M 2QP`. */
export function spacedCode(code: string): string {
  const middle = Math.ceil(code.length / 2);
  return `${code.slice(0, middle)} ${code.slice(middle)}`;
}

/** Whether only this very machine can open that address. */
export function isThisMachine(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
}
