// Checks spelling where that takes no download, or where the user has agreed to one.
import { app, type Session } from 'electron';
import type { Settings } from '../../../shared/domain/settings';
import { chooseDictionaries } from './spelling-dictionaries';

/**
 * On macOS the system checks, and downloads nothing. On Linux and Windows Electron uses dictionaries that Chromium
 * fetches when a language is set, so none is set before the user says so:
 * https://www.electronjs.org/docs/latest/tutorial/spellchecker
 */
export function applySpelling(session: Session, { checkSpelling }: Settings): void {
  const isBySystem = process.platform === 'darwin';
  const isOn = isBySystem || checkSpelling;
  if (!isOn) session.setSpellCheckerLanguages([]);
  session.setSpellCheckerEnabled(isOn);
  if (isBySystem || !isOn) return;
  const languages = chooseDictionaries(
    app.getPreferredSystemLanguages(),
    session.availableSpellCheckerLanguages,
  );
  // Setting what is set already would have a missing dictionary asked for again.
  if (languages.join() !== session.getSpellCheckerLanguages().join()) {
    session.setSpellCheckerLanguages(languages);
  }
}
