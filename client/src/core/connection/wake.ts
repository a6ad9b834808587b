/**
 * Calls `wake` when the browser says that the network is back or the page is looked at again: the
 * timers of a phone in a pocket have slept. Returns how to stop.
 */
export function onWake(wake: () => void, window: Window = globalThis.window): () => void {
  const { document } = window;
  const shown = () => {
    if (document.visibilityState === 'visible') wake();
  };
  window.addEventListener('online', wake);
  window.addEventListener('pageshow', wake);
  document.addEventListener('visibilitychange', shown);
  return () => {
    window.removeEventListener('online', wake);
    window.removeEventListener('pageshow', wake);
    document.removeEventListener('visibilitychange', shown);
  };
}
