// Global shortcuts: Ctrl or Command with a letter or digit.
import { useEffect } from 'react';
import { useChat } from '../state/chat/chat-store';
import { showView, views } from '../state/navigation';
import { useViewState } from '../state/view-state';

export function useShortcuts(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      const run = actionFor(event.key);
      if (!run) return;
      event.preventDefault();
      run();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

function actionFor(key: string): (() => void) | undefined {
  if (key === 'n') {
    return () => {
      useChat.getState().newChat();
      showView('chat');
    };
  }
  if (key === 'b') return () => void useViewState.getState().toggleSidebar();
  const view = views[Number(key) - 1];
  return view && (() => showView(view));
}
