// Switches spell checking on or off, and downloads dictionaries only with the user's consent.
import { app, type Session } from 'electron';
import type { Settings } from '../../../shared/domain/settings';
import { chooseDictionaries } from './spelling-dictionaries';

/**
 * Call with each session when it is created. A new session has the system's language, for which Chromium downloads a
 * dictionary from Google, even if the session shows no page (such as that of the update check).
 */
export function withoutDictionaries(session: Session): void {
  if (process.platform !== 'darwin') session.setSpellCheckerLanguages([]);
}

/**
 * macOS has its own spell checker, which downloads nothing. On Linux and Windows, setting a language makes Chromium
 * download a dictionary, so no language is set unless the user has enabled the setting:
 * https://www.electronjs.org/docs/latest/tutorial/spellchecker
 */
export function applySpelling(session: Session, { checkSpelling }: Settings): void {
  const isBuiltIn = process.platform === 'darwin';
  const isEnabled = isBuiltIn || checkSpelling;
  if (!isEnabled) session.setSpellCheckerLanguages([]);
  session.setSpellCheckerEnabled(isEnabled);
  if (isBuiltIn || !isEnabled) return;
  const languages = chooseDictionaries(
    app.getPreferredSystemLanguages(),
    session.availableSpellCheckerLanguages,
  );
  // Setting the same languages again would retry the download of a missing dictionary.
  if (languages.join() !== session.getSpellCheckerLanguages().join()) {
    session.setSpellCheckerLanguages(languages);
  }
}
