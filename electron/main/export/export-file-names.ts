// What exported pictures are called: when they were made and what was asked for, in names that every system takes.

/** Longest name without its ending, in UTF-8 bytes: file systems take 255, and folders around it need some. */
const maxNameLength = 120;

/** @returns a function that names one picture after another, never two alike, capitals aside. */
export function createFileNamer(): (createdAt: number, prompt: string, ending: string) => string {
  const taken = new Set<string>();
  return (createdAt, prompt, ending) => {
    const stem = stemOf(createdAt, prompt);
    for (let number = 1; ; number += 1) {
      const name = `${stem}${number === 1 ? '' : ` ${number}`}.${ending}`;
      // macOS and Windows tell names apart neither by capitals nor by how an accent is written.
      const key = name.normalize('NFC').toLowerCase();
      if (taken.has(key)) continue;
      taken.add(key);
      return name;
    }
  };
}

/** @returns such as "2026-11-22 a red fox at dawn". The date keeps it from being a name that Windows reserves. */
function stemOf(createdAt: number, prompt: string): string {
  const words = prompt
    .toWellFormed()
    // Control and invisible characters, and what some system does not take in a name.
    .replace(/[\p{C}\p{Zl}\p{Zp}<>:"/\\|?*\uFFFD]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  let stem = `${formatDay(createdAt)} `;
  for (const character of words) {
    if (Buffer.byteLength(stem + character) > maxNameLength) break;
    stem += character;
  }
  // Windows drops dots and spaces at the end.
  return stem.replace(/[. ]+$/, '');
}

/** @returns a day by this machine's clock as "2026-11-22", which sorts by itself. */
export function formatDay(at: number): string {
  const day = new Date(at);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
