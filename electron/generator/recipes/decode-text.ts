// Decodes text of unknown encoding.

/** Returns the text as UTF-8 if it is valid, otherwise as Latin-1. */
export function decodeUtf8OrLatin1(data: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(data);
  } catch {
    return data.toString('latin1');
  }
}
