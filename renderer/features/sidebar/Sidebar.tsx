// The sidebar: links to the views, the New chat button, and a list of conversations or collections.

import { Activity, Images, MessageCircle, MessagesSquare, PanelLeft, Plus, Settings } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { t } from '../../../shared/languages/translate';
import { useChat } from '../../state/chat/chat-store';
import { showEveryPicture } from '../../state/collections/whole-gallery';
import { showView, useView } from '../../state/navigation';
import { type SidebarOver, useViewState } from '../../state/view-state';
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
  { view: 'gallery', label: 'sidebar.gallery', icon: Images, onFollow: showEveryPicture },
  { view: 'settings', label: 'sidebar.settings', icon: Settings },
];

/** Links that few users need. */
const footLinks: readonly ViewLink[] = [
  { view: 'diagnostics', label: 'sidebar.diagnostics', icon: Activity },
];

type Props = {
  /** The list shown instead of the conversations while the gallery is open. */
  collections: ReactNode;
  /** Renders background activity. `isOpen`: whether there is room for labels. */
  activity: (isOpen: boolean) => ReactNode;
};

export function Sidebar({ collections, activity }: Props) {
  const view = useView((state) => state.view);
  // Trash belongs to the gallery.
  const shown = view === 'trash' ? 'gallery' : view;
  const isPinned = useViewState(({ viewState }) => viewState.sidebar === 'open');
  const over = useViewState((state) => state.sidebarOver);
  const isOver = over !== null;
  const toggle = useViewState((state) => state.toggleSidebar);
  const showChats = useViewState((state) => state.showChatsOver);
  const close = useViewState((state) => state.closeSidebarOver);
  const isNarrow = useNarrow();
  const isOpen = isOver || (isPinned && !isNarrow);
  const currentId = useChat((state) => state.currentId);
  const newChat = useChat((state) => state.newChat);
  const newChatId = useChat((state) => state.newChatId);
  const sidebar = useRef<HTMLElement>(null);

  // The view behind is inert while the sidebar is over it, so the focus moves into the sidebar and back when it closes.
  const wasOver = useRef<SidebarOver | null>(null);
  useEffect(() => {
    const isLost = wasOver.current !== null && document.activeElement === document.body;
    const opener = wasOver.current === 'chats' ? '[data-opens="chats"]' : 'button';
    wasOver.current = over;
    if (over === null && !isLost) return;
    const find = (selector: string) => sidebar.current?.querySelector<HTMLElement>(selector);
    // Without chats there is no search field.
    const first = { own: 'button', chats: '[data-search="conversations"]' };
    (find(over === null ? opener : first[over]) ?? find('button'))?.focus();
  }, [over]);

  useEffect(() => {
    if (!isOver) return;
    // Listens on the window, because no element may have the focus.
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
      if (document.querySelector('dialog[open], :popover-open')) return;
      event.preventDefault();
      close();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [isOver, close]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: closes when another place is shown, for example by a shortcut.
  useEffect(close, [close, view, currentId]);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter on a link or a button inside also fires a click.
    <aside
      ref={sidebar}
      className={styles['sidebar']}
      data-open={isOpen}
      data-over={isOver || undefined}
      // Closes right after the handler of the clicked element, so that the view gets the focus as it appears.
      onClick={(event) => {
        if (isOver && event.target instanceof Element && event.target.closest('li > a, li > button')) close();
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
      {!isOpen && (
        <div className={styles['rail']}>
          <CommandsButton />
          <IconButton
            icon={MessagesSquare}
            label={t('sidebar.list')}
            title={withKeys(t('sidebar.list'), 'search-chats')}
            aria-expanded={false}
            data-opens="chats"
            onClick={showChats}
          />
        </div>
      )}
      {isOpen && (view === 'gallery' && over !== 'chats' ? collections : <ConversationList />)}
      <footer className={styles['foot']}>
        {activity(isOpen)}
        <ViewLinks links={footLinks} current={shown} isOpen={isOpen} />
      </footer>
    </aside>
  );
}
