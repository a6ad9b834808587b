/** What a connection failed with: where several addresses were tried, only the code says it. */
export function reasonOf(error: Error): string {
  return error.message || (error as NodeJS.ErrnoException).code || error.name;
}
