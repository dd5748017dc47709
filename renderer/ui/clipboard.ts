// The only user of the page's clipboard, which may refuse a text, for example while another program holds it.
import { t } from '../../shared/languages/translate';
import { toast } from './toasts';

/** Puts a text on the clipboard. If that fails, shows a notice. @returns whether the text is there. */
export async function writeClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch (error) {
    console.error('A text could not be put on the clipboard:', error);
    toast(t('ui.not_copied'), { tone: 'problem' });
    return false;
  }
}
