// The window's title, which distinguishes windows in the system's lists.
import { useEffect } from 'react';
import { commandName } from '../../shared/domain/commands';
import { t } from '../../shared/languages/translate';
import { useChat } from '../state/chat/chat-store';
import { useView } from '../state/navigation';

const appName = 'Afterimage';

export function useWindowTitle(): void {
  const view = useView((state) => state.view);
  const chat = useChat(
    ({ conversations, currentId }) => conversations.find(({ id }) => id === currentId)?.title,
  );
  const shown = view === 'chat' ? chat : commandName(view);
  useEffect(() => {
    document.title = shown === undefined ? appName : t('app.window_title', { shown });
  }, [shown]);
}
