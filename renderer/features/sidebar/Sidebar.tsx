// The sidebar: links to the views, the New chat button, and a list of conversations or collections.

import { Activity, Images, MessageCircle, PanelLeft, Plus, Settings } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { t } from '../../../shared/languages/translate';
import { useChat } from '../../state/chat/chat-store';
import { showView, useView } from '../../state/navigation';
import { useViewState } from '../../state/view-state';
import { IconButton } from '../../ui/IconButton';
import { useNarrow } from '../../ui/narrow';
import { WordMark } from '../../ui/WordMark';
import { CommandsButton } from './CommandsButton';
import { ConversationList } from './ConversationList';
import { DraftMark } from './DraftMark';
import styles from './Sidebar.module.css';
import { type ViewLink, ViewLinks } from './ViewLinks';
import { withKeys } from './with-keys';

const links: readonly ViewLink[] = [
  { view: 'chat', label: 'sidebar.chat', icon: MessageCircle },
  { view: 'gallery', label: 'sidebar.gallery', icon: Images },
  { view: 'settings', label: 'sidebar.settings', icon: Settings },
];

/** For the few who need it. */
const footLinks: readonly ViewLink[] = [
  { view: 'diagnostics', label: 'sidebar.diagnostics', icon: Activity },
];

type Props = {
  /** The list shown instead of the conversations while the gallery is open. */
  collections: ReactNode;
  /** Renders what goes on in the background; `isOpen` says whether there is room for words. */
  activity: (isOpen: boolean) => ReactNode;
};

export function Sidebar({ collections, activity }: Props) {
  const view = useView((state) => state.view);
  // Trash belongs to the gallery.
  const shown = view === 'trash' ? 'gallery' : view;
  const isPinned = useViewState(({ viewState }) => viewState.sidebar === 'open');
  const isOver = useViewState((state) => state.isSidebarOver);
  const toggle = useViewState((state) => state.toggleSidebar);
  const close = useViewState((state) => state.closeSidebarOver);
  const isNarrow = useNarrow();
  const isOpen = isNarrow ? isOver : isPinned;
  const currentId = useChat((state) => state.currentId);
  const newChat = useChat((state) => state.newChat);
  const newChatId = useChat((state) => state.newChatId);
  const sidebar = useRef<HTMLElement>(null);

  // The view behind is inert, so the focus stays in the sidebar, and does not get lost when it closes.
  const wasOver = useRef(false);
  useEffect(() => {
    const isLost = wasOver.current && document.activeElement === document.body;
    if (isOver || isLost) sidebar.current?.querySelector('button')?.focus();
    wasOver.current = isOver;
  }, [isOver]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another place may also be shown by a shortcut.
  useEffect(close, [close, view, currentId]);

  return (
    <aside
      ref={sidebar}
      className={styles['sidebar']}
      data-open={isOpen}
      data-over={isOver || undefined}
      // At once, so that the view takes the focus as it appears.
      onClickCapture={(event) => {
        if (isOver && event.target instanceof Element && event.target.closest('li > a, li > button')) close();
      }}
      onKeyDown={(event) => {
        if (isOver && event.key === 'Escape' && !event.defaultPrevented) close();
      }}
    >
      <header className={styles['head']}>
        {isOpen && <WordMark size="small" />}
        {isOpen && <CommandsButton />}
        <IconButton
          icon={PanelLeft}
          label={t(isOpen ? 'sidebar.close' : 'sidebar.open')}
          aria-expanded={isOpen}
          onClick={() => void toggle()}
        />
      </header>
      <nav aria-label={t('sidebar.views')}>
        <ViewLinks links={links} current={shown} isOpen={isOpen} />
      </nav>
      <button
        type="button"
        className={styles['new']}
        aria-label={t('sidebar.new_chat')}
        title={withKeys(t('sidebar.new_chat'), 'new-chat')}
        onClick={() => {
          close();
          newChat();
          showView('chat');
        }}
      >
        <Plus size={18} strokeWidth={1.75} aria-hidden />
        {isOpen && <span>{t('sidebar.new_chat')}</span>}
        {isOpen && <DraftMark conversationId={newChatId} />}
      </button>
      {isOpen && (view === 'gallery' ? collections : <ConversationList />)}
      <footer className={styles['foot']}>
        {activity(isOpen)}
        <ViewLinks links={footLinks} current={shown} isOpen={isOpen} />
      </footer>
    </aside>
  );
}
