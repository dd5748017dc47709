// Names of exported files: the day and the prompt of a picture, in characters that every system allows.

/** Maximum length without extension, in UTF-8 bytes. File systems allow 255, but paths are limited too. */
const maxNameLength = 120;

/**
 * Returns a function that returns a unique name for each picture, ignoring case.
 *
 * @param existing names that are taken.
 */
export function createFileNamer(
  existing: Iterable<string> = [],
): (createdAt: number, prompt: string, extension: string) => string {
  const taken = new Set([...existing].map(comparable));
  /** The next free number by name: many pictures of one day may have the same prompt, or none. */
  const firstFree = new Map<string, number>();
  return (createdAt, prompt, extension) => {
    const stem = stemOf(createdAt, prompt);
    const plain = comparable(`${stem}.${extension}`);
    for (let number = firstFree.get(plain) ?? 1; ; number += 1) {
      const name = `${stem}${number === 1 ? '' : ` ${number}`}.${extension}`;
      const key = comparable(name);
      if (taken.has(key)) continue;
      taken.add(key);
      firstFree.set(plain, number + 1);
      return name;
    }
  };
}

/** macOS and Windows ignore case and Unicode normalisation when they compare names. */
function comparable(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

/** Returns a name such as "2026-11-22 a red fox at dawn". The date also avoids names that Windows reserves. */
function stemOf(createdAt: number, prompt: string): string {
  const text = prompt
    .toWellFormed()
    // Control and invisible characters, and characters that some system does not allow in names.
    .replace(/[\p{C}\p{Zl}\p{Zp}<>:"/\\|?*\uFFFD]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  let stem = `${formatDay(createdAt)} `;
  for (const character of text) {
    if (Buffer.byteLength(stem + character) > maxNameLength) break;
    stem += character;
  }
  // Windows removes dots and spaces at the end of a name.
  return stem.replace(/[. ]+$/, '');
}

/** Returns a local date as "2026-11-22". @param at UTC milliseconds. */
export function formatDay(at: number): string {
  const date = new Date(at);
  const twoDigits = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
}
