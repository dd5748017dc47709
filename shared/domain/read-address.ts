// Turns the address that a user pasted into the base address of a service.
import { isPrivateHost } from './addresses';
import type { ServiceKind } from './service-kinds';
import { withoutTrailing } from './without-trailing';

/** Paths that are added to the address of an OpenAI-compatible service, and are often copied with it. */
const openaiPaths =
  /\/(images\/(generations|edits|variations)|chat\/completions|completions|responses|embeddings|models(\/[^/]*)?)$/i;

/** The same for the kinds whose requests have other paths. */
const otherPaths: Partial<Record<ServiceKind, RegExp>> = {
  google: /\/v1(beta|alpha)?(\/.*)?$/i,
  vertex: /\/v1(beta1)?(\/.*)?$/i,
  imagen: /\/v1(beta1)?(\/.*)?$/i,
  automatic1111: /\/(sdapi(\/.*)?|docs)$/i,
  comfyui: /\/(api\/)?(prompt|history|queue|object_info|system_stats)$/i,
};

/** Kinds whose address is OpenAI's, with a version at its end. */
const versioned: readonly ServiceKind[] = ['openai', 'openai-compatible', 'sd-server', 'ollama'];

/** Ends before the characters that may surround an address, as in `NAME="…"` or in a command. */
const webAddress = /https?:\/\/[^\s"'`<>“”‘’«»]+/gi;

/**
 * Returns the address without a query and without the path of one request, with a scheme, and with `/v1` where the kind
 * has one and the address has no path. If a text contains one address, returns that one. Returns a text that is not an
 * address unchanged, and `refuseAddress` then rejects it.
 * Reading an address again returns it unchanged.
 */
export function readAddress(kind: ServiceKind, pasted: string): string {
  const trimmed = pasted.trim();
  const [only = trimmed, another] = trimmed.match(webAddress) ?? [];
  const plain = another === undefined ? only : trimmed;
  const text = plain.replace(/^["'`<]+|["'`>,;]+$/g, '');
  const withScheme = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `${schemeFor(text)}://${text}`;
  // Deployments of Azure have paths and a query of their own.
  if (text === '' || /\s/.test(text) || kind === 'azure' || !URL.canParse(withScheme)) return plain;
  const url = new URL(withScheme);
  if (url.username !== '' || url.password !== '') return plain;
  const path = withoutTrailing(url.pathname, '/').replace(otherPaths[kind] ?? openaiPaths, '');
  const version = path === '' && versioned.includes(kind) ? '/v1' : '';
  return `${url.protocol}//${url.host}${withoutTrailing(path, '/')}${version}`;
}

/** Servers of the user's own rarely have a certificate. */
function schemeFor(text: string): 'http' | 'https' {
  const [host = ''] = /^(\[[^\]]*\]|[^/:?#]*)/.exec(text) ?? [];
  return host !== '' && isPrivateHost(host) ? 'http' : 'https';
}
