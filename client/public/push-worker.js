/*
 * Shows what the server pushes, while no page is open. It keeps nothing and answers no request of
 * any page. Its words come in its own address, from the page that asked for it: it has no language.
 */
/* global self, URL */
const {
  words,
  news,
  code: codeWords,
} = JSON.parse(new URL(self.location.href).searchParams.get('words') ?? '{}');

/** `told` as the server sends it: `{ code, state, lead }`. */
function textOf({ code, state, lead }) {
  const stands = words?.[lead ?? state] ?? '';
  const body = code ? `${codeWords}: ${code.replace(/(.{3})(?=.)/g, '$1-')}` : '';
  return { title: (news ?? '{state}').replace('{state}', stands), body };
}

self.addEventListener('push', (event) => {
  const told = event.data?.json() ?? {};
  const { title, body } = textOf(told);
  // A later message about the same question takes the place of the earlier one.
  const options = { body, tag: told.code ?? 'question', renotify: true };
  event.waitUntil(self.registration.showNotification(title, options));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow('/phone#follow'));
});
