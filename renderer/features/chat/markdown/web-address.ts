// Decides which links of an answer are web addresses. Everything else, such as a path, is shown as text.

/** Returns the full address, or null if it is not an HTTP address. */
export function webAddress(href: string | undefined): string | null {
  if (href === undefined || !URL.canParse(href)) return null;
  const { protocol, href: whole } = new URL(href);
  return protocol === 'http:' || protocol === 'https:' ? whole : null;
}
