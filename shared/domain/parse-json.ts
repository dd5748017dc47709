// Parses JSON that may be invalid: from another version, from another program, or truncated.

/** Returns undefined for invalid JSON, and if there is no text. */
export function parseJson(text: string | null | undefined): unknown {
  if (text === null || text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
