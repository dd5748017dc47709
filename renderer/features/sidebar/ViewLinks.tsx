// The sidebar's links to views. Those of the chat and the gallery can be opened in a new window.
import { AppWindow, type LucideIcon } from 'lucide-react';
import { type MouseEvent, useRef, useState } from 'react';
import type { NewWindow } from '../../../shared/domain/windows';
import type { MessageId } from '../../../shared/languages/en';
import { t } from '../../../shared/languages/translate';
import type { View } from '../../state/navigation';
import { openInNewWindow } from '../../state/windows';
import { Menu, type MenuPlace } from '../../ui/Menu';
import { contextMenuPlace } from '../../ui/menu-place';
import { opensNewWindow } from '../../ui/opens-new-window';
import styles from './Sidebar.module.css';
import { useChatTarget } from './use-chat-target';

export type ViewLink = {
  view: View;
  label: MessageId;
  icon: LucideIcon;
  /** Called when the link is followed in this window. */
  onFollow?: () => void;
};

type Props = {
  links: readonly ViewLink[];
  current: View;
  isOpen: boolean;
};

/** The views that can be opened in a new window. */
const windowsOf: Partial<Record<View, NewWindow>> = {
  chat: { kind: 'new-chat' },
  gallery: { kind: 'gallery' },
};

export function ViewLinks({ links, current, isOpen }: Props) {
  const chatLink = useRef<HTMLAnchorElement>(null);
  const isChatTarget = useChatTarget(chatLink);
  const [menu, setMenu] = useState<{ window: NewWindow; place: MenuPlace } | null>(null);

  function onClick(event: MouseEvent, window: NewWindow | undefined, onFollow?: () => void): void {
    if (!opensNewWindow(event)) {
      onFollow?.();
      return;
    }
    // Otherwise Chromium would request a window that the app does not allow.
    event.preventDefault();
    if (window) void openInNewWindow(window);
  }

  function onContextMenu(event: MouseEvent, window: NewWindow | undefined): void {
    if (!window) return;
    event.preventDefault();
    setMenu({ window, place: contextMenuPlace(event, event.currentTarget) });
  }

  return (
    <>
      <ul>
        {links.map(({ view, label, icon: Icon, onFollow }) => (
          <li key={view}>
            <a
              ref={view === 'chat' ? chatLink : undefined}
              className={styles['link']}
              data-drop-target={(view === 'chat' && isChatTarget) || undefined}
              href={`#/${view}`}
              aria-current={view === current ? 'page' : undefined}
              aria-label={t(label)}
              title={isOpen ? undefined : t(label)}
              onClick={(event) => onClick(event, windowsOf[view], onFollow)}
              onAuxClick={(event) => onClick(event, windowsOf[view])}
              onContextMenu={(event) => onContextMenu(event, windowsOf[view])}
            >
              <Icon size={18} strokeWidth={1.75} aria-hidden />
              {isOpen && <span>{t(label)}</span>}
            </a>
          </li>
        ))}
      </ul>
      {menu && (
        <Menu
          name={t('sidebar.view_menu')}
          place={menu.place}
          sections={[
            [
              {
                name: 'window',
                icon: AppWindow,
                label: t(menu.window.kind === 'gallery' ? 'sidebar.open_window' : 'app.command.new-window'),
                isEnabled: true,
                run: () => void openInNewWindow(menu.window),
              },
            ],
          ]}
          onClose={() => setMenu(null)}
        />
      )}
    </>
  );
}
