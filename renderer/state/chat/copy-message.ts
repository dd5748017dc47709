// Copies the text of a message, as it was written.
import { t } from '../../../shared/languages/translate';
import { writeClipboard } from '../../ui/clipboard';
import { toast } from '../../ui/toasts';

/** @param text of an answer: its Markdown. */
export async function copyMessage(text: string): Promise<void> {
  if (await writeClipboard(text)) toast(t('chat.text_copied'), { ofView: 'current' });
}
