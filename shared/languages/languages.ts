// The languages of the interface, and the choice among them.
import { z } from 'zod';

/** Each language has its name in itself, so that everybody finds their own, and the locale of its numbers and dates. */
export const languages = [
  { code: 'en', name: 'English', locale: 'en-GB' },
  { code: 'de', name: 'Deutsch', locale: 'de' },
  { code: 'es', name: 'Español', locale: 'es' },
  { code: 'fr', name: 'Français', locale: 'fr' },
  { code: 'ja', name: '日本語', locale: 'ja' },
  { code: 'zh', name: '简体中文', locale: 'zh-Hans' },
] as const;

const codes = languages.map(({ code }) => code);

/**
 * Languages for tests, which only AFTERIMAGE_LANGUAGE chooses: English with accents and a third longer, and English
 * from right to left.
 */
const pseudoLanguages = ['en-XA', 'ar-XB'] as const;

export const languageCodeSchema = z.enum([...codes, ...pseudoLanguages]);
export type LanguageCode = z.infer<typeof languageCodeSchema>;
export type PseudoLanguage = (typeof pseudoLanguages)[number];

/** The setting: the computer's language, or one of the app's. */
export const languageSettingSchema = z.enum(['system', ...codes]);
export type LanguageSetting = z.infer<typeof languageSettingSchema>;

/**
 * Returns the language of the interface.
 *
 * @param preferred the computer's languages as BCP 47 tags, the most preferred first.
 */
export function chooseLanguage(setting: LanguageSetting, preferred: readonly string[]): LanguageCode {
  if (setting !== 'system') return setting;
  for (const tag of preferred) {
    const [language] = tag.toLowerCase().split(/[-_]/);
    // Traditional Chinese has different characters, so its readers may prefer their next language.
    if (language === 'zh' && /^zh[-_](hant|tw|hk|mo)/i.test(tag)) continue;
    const found = codes.find((code) => code === language);
    if (found !== undefined) return found;
  }
  return 'en';
}

/** Returns the locale for numbers and dates, as a BCP 47 tag. */
export function localeOf(code: LanguageCode): string {
  return languages.find((language) => language.code === code)?.locale ?? 'en-GB';
}

/** Returns the direction of the script. */
export function directionOf(code: LanguageCode): 'ltr' | 'rtl' {
  return code === 'ar-XB' ? 'rtl' : 'ltr';
}

export function isPseudoLanguage(code: LanguageCode): code is PseudoLanguage {
  return code === 'en-XA' || code === 'ar-XB';
}
