// Chooses spelling dictionaries for the user's languages.

const maxDictionaries = 3;

/**
 * @param preferred the user's languages in order of preference, such as "de-CH".
 * @param available codes of the available dictionaries, such as "de" and "en-GB".
 * @returns at most three dictionaries, one per language; English if there is one for none of them.
 */
export function chooseDictionaries(preferred: readonly string[], available: readonly string[]): string[] {
  const found = preferred.flatMap((code) => {
    const [language] = code.split('-');
    const match = [code, language].find((name) => name !== undefined && available.includes(name));
    return match ?? available.find((name) => name.split('-')[0] === language) ?? [];
  });
  const chosen = [...new Set(found)].slice(0, maxDictionaries);
  return chosen.length > 0 ? chosen : available.filter((name) => name === 'en-US');
}
