// Announces new answers to screen readers. The transcript is not a live region, because scrolling changes it too.

import { isUnfinished, type Message } from '../../../shared/domain/conversations';
import { isStopped } from '../../../shared/domain/failure-actions';
import { t } from '../../../shared/languages/translate';
import { useChat } from '../../state/chat/chat-store';

export function Announcer() {
  const announcement = useChat(({ news, messages }) => {
    const message = news && messages[news.id];
    return message ? announcementOf(message) : '';
  });
  return (
    <div className="visually-hidden" aria-live="polite">
      {announcement}
    </div>
  );
}

/** Returns a short announcement of an answer that has ended, or an empty string before that. */
function announcementOf(message: Message): string {
  if (isUnfinished(message)) return '';
  if (message.error)
    return t(isStopped(message.error.code) ? 'chat.announce_stopped' : 'chat.announce_failure');
  return t(message.kind === 'text' ? 'chat.announce_answer' : 'chat.announce_picture');
}
