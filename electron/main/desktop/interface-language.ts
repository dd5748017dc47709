// The language of the interface: what this run was started with, the setting, or the computer's own.
import { chooseLanguage, type LanguageCode, type LanguageSetting } from '../../../shared/languages/languages';
import { loadLanguage } from '../../../shared/languages/load-language';

export type InterfaceLanguage = ReturnType<typeof createInterfaceLanguage>;

export type LanguageOptions = {
  /** The language of this run, over the setting; null without one. */
  ofThisRun: LanguageCode | null;
  /** Returns the computer's languages as BCP 47 tags, the most preferred first. */
  preferred: () => string[];
  /** The texts of the main process are in this language from now on. */
  onChange: (language: LanguageCode) => void;
};

export function createInterfaceLanguage({ ofThisRun, preferred, onChange }: LanguageOptions) {
  const languageOf = (setting: LanguageSetting) => ofThisRun ?? chooseLanguage(setting, preferred());

  return {
    languageOf,
    /** Returns the language that the computer's own lead to. */
    ofSystem: () => chooseLanguage('system', preferred()),
    /** Loads the texts, then reports the change. If they cannot be loaded, the language stays as it was. */
    async apply(setting: LanguageSetting): Promise<void> {
      const language = languageOf(setting);
      await loadLanguage(language);
      onChange(language);
    },
  };
}
