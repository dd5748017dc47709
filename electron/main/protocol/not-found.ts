// The 404 response of the app's scheme. This file imports no Electron, so that its users can be tested without it.

/** Returns the same response whatever the reason, so that files cannot be probed for. */
export function notFound(): Response {
  // Not shown: the answer to a request of the page.
  return new Response('Not found', { status: 404, headers: { 'content-type': 'text/plain' } });
}
