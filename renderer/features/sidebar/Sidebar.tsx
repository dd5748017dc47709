// The sidebar: links to the views, the New chat button, and a list of conversations or collections.
import { Activity, Images, MessageCircle, PanelLeft, Plus, Settings } from 'lucide-react';
import type { ReactNode } from 'react';
import { useChat } from '../../state/chat/chat-store';
import { showView, useView, type View } from '../../state/navigation';
import { useViewState } from '../../state/view-state';
import { IconButton } from '../../ui/IconButton';
import { WordMark } from '../../ui/WordMark';
import { CommandsButton } from './CommandsButton';
import { ConversationList } from './ConversationList';
import styles from './Sidebar.module.css';
import { withKeys } from './with-keys';

const links: readonly { view: View; label: string; icon: typeof Images }[] = [
  { view: 'chat', label: 'Chat', icon: MessageCircle },
  { view: 'gallery', label: 'Gallery', icon: Images },
  { view: 'settings', label: 'Settings', icon: Settings },
  { view: 'diagnostics', label: 'Diagnostics', icon: Activity },
];

/** @param collections the list shown instead of the conversations while the gallery is open. */
export function Sidebar({ collections }: { collections: ReactNode }) {
  const view = useView((state) => state.view);
  // Trash belongs to the gallery.
  const shown = view === 'trash' ? 'gallery' : view;
  const isOpen = useViewState(({ viewState }) => viewState.sidebar === 'open');
  const toggle = useViewState((state) => state.toggleSidebar);
  const newChat = useChat((state) => state.newChat);
  return (
    <aside className={styles['sidebar']} data-open={isOpen}>
      <header className={styles['head']}>
        {isOpen && <WordMark size="small" />}
        {isOpen && <CommandsButton />}
        <IconButton
          icon={PanelLeft}
          label={isOpen ? 'Close the sidebar' : 'Open the sidebar'}
          aria-expanded={isOpen}
          onClick={() => void toggle()}
        />
      </header>
      <nav aria-label="Views">
        <ul>
          {links.map(({ view: target, label, icon: Icon }) => (
            <li key={target}>
              <a
                className={styles['link']}
                href={`#/${target}`}
                aria-current={target === shown ? 'page' : undefined}
                aria-label={label}
                title={isOpen ? undefined : label}
              >
                <Icon size={18} strokeWidth={1.75} aria-hidden />
                {isOpen && <span>{label}</span>}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <button
        type="button"
        className={styles['new']}
        aria-label="New chat"
        title={withKeys('New chat', 'new-chat')}
        onClick={() => {
          newChat();
          showView('chat');
        }}
      >
        <Plus size={18} strokeWidth={1.75} aria-hidden />
        {isOpen && <span>New chat</span>}
      </button>
      {isOpen && (view === 'gallery' ? collections : <ConversationList />)}
    </aside>
  );
}
