// The interface language: that of the environment, of the setting, or of the computer.
import { chooseLanguage, type LanguageCode, type LanguageSetting } from '../../../shared/languages/languages';
import { loadLanguage } from '../../../shared/languages/load-language';

export type InterfaceLanguage = ReturnType<typeof createInterfaceLanguage>;

export type LanguageOptions = {
  /** Overrides the setting for this run; null if not set. */
  ofThisRun: LanguageCode | null;
  /** Returns the computer's languages as BCP 47 tags, the most preferred first. */
  preferred: () => string[];
  /** Called after the main process has switched to this language. */
  onChange: (language: LanguageCode) => void;
};

export function createInterfaceLanguage({ ofThisRun, preferred, onChange }: LanguageOptions) {
  const languageOf = (setting: LanguageSetting) => ofThisRun ?? chooseLanguage(setting, preferred());

  return {
    languageOf,
    /** Returns the language for the computer's preferred languages. */
    ofSystem: () => chooseLanguage('system', preferred()),
    /** Loads the texts, then reports the change. If they cannot be loaded, the language stays as it was. */
    async apply(setting: LanguageSetting): Promise<void> {
      const language = languageOf(setting);
      await loadLanguage(language);
      onChange(language);
    },
  };
}
