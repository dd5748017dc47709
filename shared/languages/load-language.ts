// Loads the texts of a language when it is first used, and makes it the language of the process.
import { type Catalogue, en } from './en';
import { isPseudoLanguage, type LanguageCode } from './languages';
import { pseudoCatalogue } from './pseudo';
import { setLanguage } from './translate';

/** Makes `code` the language of this process, once its texts are loaded. A later call wins over an earlier one. */
export async function loadLanguage(code: LanguageCode): Promise<void> {
  wanted = code;
  const messages = await load(code);
  if (wanted === code) setLanguage(code, messages);
}

let wanted: LanguageCode = 'en';

async function load(code: LanguageCode): Promise<Partial<Catalogue>> {
  if (isPseudoLanguage(code)) return pseudoCatalogue(code);
  switch (code) {
    case 'en':
      return en;
    case 'de':
      return (await import('./de')).de;
    case 'es':
      return (await import('./es')).es;
    case 'fr':
      return (await import('./fr')).fr;
    case 'ja':
      return (await import('./ja')).ja;
    case 'zh':
      return (await import('./zh')).zh;
  }
}
