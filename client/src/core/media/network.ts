/** The part of the Network Information API that tells one network from another. */
interface NetworkConnection extends EventTarget {
  /** `wifi`, `ethernet`, …; absent where the browser does not say. */
  readonly type?: string;
}

export interface NetworkGlobals {
  readonly page: EventTarget;
  readonly connection: NetworkConnection | undefined;
}

function globalsOfPage(): NetworkGlobals {
  const { connection } = navigator as Navigator & { connection?: NetworkConnection };
  return { page: window, connection };
}

/**
 * Calls `then` when the computer comes online or goes over to another network (Wi-Fi to cable).
 * A mere change of the browser's estimates is none. Gives what ends it.
 */
export function watchNetwork(
  then: () => void,
  { connection, page }: NetworkGlobals = globalsOfPage(),
): () => void {
  const watching = new AbortController();
  const { signal } = watching;
  page.addEventListener('online', then, { signal });
  let type = connection?.type;
  connection?.addEventListener(
    'change',
    () => {
      const before = type;
      type = connection.type;
      if (type !== before && type !== 'none') then();
    },
    { signal },
  );
  return () => watching.abort();
}
