// Says aloud what has come: the transcript itself is silent, since old messages come and go in it as one scrolls.
import type { Message } from '../../../shared/domain/conversations';
import { useChat } from '../../state/chat/chat-store';
import { isUnderWay } from '../../state/chat/loaded-range';

export function Announcer() {
  const words = useChat(({ news, messages }) => {
    const message = news && messages[news.id];
    return message ? wordsFor(message) : '';
  });
  return (
    <div className="visually-hidden" aria-live="polite">
      {words}
    </div>
  );
}

/** @returns that an answer has ended, in few words: the answer itself is there to be read. Before that, nothing. */
function wordsFor(message: Message): string {
  if (isUnderWay(message)) return '';
  if (message.error) return 'Afterimage could not answer';
  return message.kind === 'text' ? 'Afterimage has answered' : 'Your picture has come';
}
