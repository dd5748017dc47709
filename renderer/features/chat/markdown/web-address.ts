// Decides which links of an answer are web addresses. Everything else, such as a path, is shown as text.

/** Returns the address in full, or null unless the user's browser would open it over HTTP. */
export function webAddress(href: string | undefined): string | null {
  if (href === undefined || !URL.canParse(href)) return null;
  const { protocol, href: whole } = new URL(href);
  return protocol === 'http:' || protocol === 'https:' ? whole : null;
}
