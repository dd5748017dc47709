// A conversation as Markdown, to read and to search outside of Afterimage, in the language of the interface.
import { t } from '../../../shared/languages/translate';
import { usedStylesOf } from '../db/used-styles';
import type { ArchivedConversation } from './archive-format';

/** @param pictureName returns the name of a picture's exported file; undefined if it was not exported. */
export function conversationMarkdown(
  { conversation, messages }: ArchivedConversation,
  pictureName: (id: string) => string | undefined,
): string {
  const lines = [`# ${oneLine(String(conversation['title']))}`];
  for (const message of messages) {
    const { id, role, kind, text, prompt, status, styles } = message;
    const at = new Date(Number(message['created_at'])).toISOString();
    lines.push(`## ${role === 'user' ? t('storage.by_you') : t('storage.by_afterimage')}, ${at}`);
    if (kind === 'text') {
      lines.push(String(text));
      const names = usedStylesOf(typeof styles === 'string' ? styles : null).styles?.map(({ name }) => name);
      if (names) lines.push(`*${t('styles.chosen_names', { names: oneLine(names.join(', ')) })}*`);
      continue;
    }
    const name = pictureName(String(message['picture_id'] ?? id));
    const label = oneLine(String(prompt ?? '')).replace(/[[\]]/g, '\\$&');
    // An address may contain neither spaces nor parentheses.
    if (name !== undefined) lines.push(`![${label}](<../pictures/${name}>)`);
    else
      lines.push(
        `*${t(status === 'ready' ? 'storage.picture_gone' : 'storage.no_picture', { prompt: label })}*`,
      );
  }
  return `${lines.join('\n\n')}\n`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
