// Which dictionaries a user's languages need.

/**
 * @param preferred the user's languages as the system has them, such as "de-CH", the first one first.
 * @param available dictionaries by their codes, such as "de" and "en-GB".
 * @returns one dictionary for each language that has one, three at most; English where none has.
 */
export function chooseDictionaries(preferred: readonly string[], available: readonly string[]): string[] {
  const found = preferred.flatMap((code) => {
    const [language] = code.split('-');
    const fits = [code, language].find((name) => name !== undefined && available.includes(name));
    return fits ?? available.find((name) => name.split('-')[0] === language) ?? [];
  });
  const chosen = [...new Set(found)].slice(0, 3);
  return chosen.length > 0 ? chosen : available.filter((name) => name === 'en-US');
}
