// What the hosts of the app's own scheme answer with. No Electron in it, so that they can be tested without.

/** @returns the one answer to everything that is not there, whatever the reason. */
export function notFound(): Response {
  return new Response('Not found', { status: 404, headers: { 'content-type': 'text/plain' } });
}
