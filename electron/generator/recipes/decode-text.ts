// Decodes text whose encoding the file does not say.

/** Returns the text as UTF-8 if it is valid, else as Latin-1. */
export function decodeUtf8OrLatin1(data: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(data);
  } catch {
    return data.toString('latin1');
  }
}
