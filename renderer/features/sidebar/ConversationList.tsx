// The list of conversations, with search, groups by date, and list keys. Only the rows on screen are rendered.

import {
  type KeyboardEvent,
  type MouseEvent,
  useCallback,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { FoundConversations } from '../../../shared/contract/chat';
import type { Conversation } from '../../../shared/domain/conversations';
import { t } from '../../../shared/languages/translate';
import { useChat } from '../../state/chat/chat-store';
import { openInNewWindow } from '../../state/windows';
import { useDay } from '../../ui/day';
import { Menu, type MenuPlace } from '../../ui/Menu';
import { contextMenuPlace } from '../../ui/menu-place';
import { matchesShortcut } from '../../ui/shortcut';
import { ChatSearch } from './ChatSearch';
import styles from './ConversationList.module.css';
import { ConversationRow } from './ConversationRow';
import { useChatList } from './chat-list-store';
import { type ConversationGroup, groupConversations } from './conversation-groups';
import { conversationMenu } from './conversation-menu';
import { layOut, scrolledTo, topOf, visibleGroups } from './list-layout';
import { useListScroll } from './use-list-scroll';

export function ConversationList() {
  const conversations = useChat((state) => state.conversations);
  const currentId = useChat((state) => state.currentId);
  const text = useChatList((state) => state.text.trim());
  const found = useChatList((state) => state.found);
  const renamingId = useChatList((state) => state.renamingId);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [focusId, setFocusId] = useState<string | null>(null);
  /** The conversation to focus as soon as its row is rendered. */
  const pendingFocusId = useRef<string | null>(null);
  /** Whether End was pressed and the list is still being read up to its last conversation. */
  const isEndPending = useRef(false);
  const hasMore = useChat((state) => state.hasMoreConversations);
  const [menu, setMenu] = useState<{ conversation: Conversation; place: MenuPlace } | null>(null);
  const day = useDay();

  const results = text === '' ? null : found;
  const layout = useMemo(
    () => layOut(results ? resultGroups(results) : groupConversations(conversations, day)),
    [results, conversations, day],
  );
  const { view, scrollTo } = useListScroll(list, layout, results && text);
  const visible = visibleGroups(layout, view.top, view.top + view.height);
  const shown = layout.groups.flatMap((group) => group.conversations);

  const reveal = useCallback(
    (id: string) => {
      const top = topOf(layout, id);
      if (top !== null) scrollTo((now) => scrolledTo(top, now.top, now.height));
    },
    [layout, scrollTo],
  );
  function focusOn(id: string | undefined): void {
    if (id === undefined) return;
    pendingFocusId.current = id;
    setFocusId(id);
    reveal(id);
  }
  function buttonsOf(id: string): HTMLElement[] {
    const all = list.current?.querySelectorAll<HTMLElement>(`[data-conversation-id="${id}"] button`);
    return [...(all ?? [])];
  }
  useLayoutEffect(() => {
    const id = pendingFocusId.current;
    const [button] = id === null ? [] : buttonsOf(id);
    if (!button) return;
    pendingFocusId.current = null;
    button.focus({ preventScroll: true });
  });

  /** The button of a row that has the focus. A row that moves to another group is another element. */
  const focusedButton = useRef<{ id: string; index: number } | null>(null);
  useLayoutEffect(() => {
    if (!focusedButton.current || document.activeElement !== document.body) return;
    const { id, index } = focusedButton.current;
    buttonsOf(id)[index]?.focus({ preventScroll: true });
  });

  // Scrolling to the last row loads the next page, until there is none.
  function goToEnd(): void {
    isEndPending.current = hasMore && results === null;
    focusOn(shown.at(-1)?.id);
  }
  const followEnd = useEffectEvent(() => {
    if (isEndPending.current && list.current?.contains(document.activeElement)) goToEnd();
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs for each new layout.
  useEffect(() => followEnd(), [layout, hasMore]);

  // Scrolls to a conversation that was opened, or is being renamed, from elsewhere.
  const wanted = renamingId ?? currentId;
  const lastWanted = useRef(currentId);
  useEffect(() => {
    if (lastWanted.current !== wanted) reveal(wanted);
    lastWanted.current = wanted;
  }, [wanted, reveal]);

  function onKeyDown(event: KeyboardEvent): void {
    const id = rowOf(event.target);
    if (id !== null && matchesShortcut(event, 'Mod+Enter')) {
      event.preventDefault();
      if (!event.repeat) void openInNewWindow({ kind: 'chat', conversationId: id });
      return;
    }
    if (id === null || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const at = shown.findIndex((conversation) => conversation.id === id);
    isEndPending.current = false;
    if (event.key === 'ArrowDown') focusOn(shown[at + 1]?.id);
    else if (event.key === 'ArrowUp' && at === 0) field.current?.focus();
    else if (event.key === 'ArrowUp') focusOn(shown[at - 1]?.id);
    else if (event.key === 'Home') focusOn(shown[0]?.id);
    else if (event.key === 'End') goToEnd();
    else if (event.key === 'F2') useChatList.getState().rename(id);
    else if (event.key === 'Delete' && !event.repeat) void remove(id, (shown[at + 1] ?? shown[at - 1])?.id);
    else return;
    event.preventDefault();
  }

  async function remove(id: string, nextId: string | undefined): Promise<void> {
    focusOn(nextId);
    await useChat.getState().remove(id);
    // The new chat that replaces the open one has also taken the focus.
    if (id === currentId && nextId !== undefined) buttonsOf(nextId)[0]?.focus({ preventScroll: true });
  }

  function onContextMenu(event: MouseEvent): void {
    const id = rowOf(event.target);
    const conversation = shown.find((each) => each.id === id);
    if (!conversation || !(event.target instanceof Element)) return;
    event.preventDefault();
    setMenu({ conversation, place: contextMenuPlace(event, event.target) });
  }

  const onRenamed = useCallback((id: string) => {
    pendingFocusId.current = id;
    setFocusId(id);
  }, []);
  const stopId = shown.some(({ id }) => id === focusId)
    ? focusId
    : (shown.find(({ id }) => id === currentId) ?? shown[0])?.id;
  if (conversations.length === 0) {
    return (
      <nav className={styles['frame']} aria-label={t('sidebar.list')}>
        <p className={styles['none']}>{t('sidebar.none')}</p>
      </nav>
    );
  }
  return (
    <nav className={styles['frame']} aria-label={t('sidebar.list')}>
      <ChatSearch
        field={field}
        onDown={() => focusOn(shown[0]?.id)}
        onEnter={() => results && openFirst(shown)}
      />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the rows inside are buttons; the list moves the focus among them. */}
      <div
        ref={list}
        className={styles['list']}
        onKeyDown={onKeyDown}
        onContextMenu={onContextMenu}
        onFocus={({ target }) => {
          const id = rowOf(target);
          setFocusId(id);
          focusedButton.current = id === null ? null : { id, index: buttonsOf(id).indexOf(target) };
        }}
        onBlur={() => {
          focusedButton.current = null;
        }}
      >
        <div className={styles['all']} style={{ height: layout.height }}>
          {visible.map((group) => (
            <section
              key={group.title}
              className={styles['group']}
              aria-label={group.title}
              style={{ top: group.top, height: group.height }}
            >
              <h2 className={styles['title']}>{group.title}</h2>
              <ul style={{ paddingTop: `calc(${group.skipped} * var(--row))` }}>
                {group.rows.map((conversation) => (
                  <ConversationRow
                    key={conversation.id}
                    conversation={conversation}
                    isFocusStop={conversation.id === stopId}
                    onRenamed={onRenamed}
                  />
                ))}
              </ul>
            </section>
          ))}
        </div>
        <p className={styles['none']} role="status">
          {results && shown.length === 0 && t('sidebar.nothing_found', { text })}
        </p>
      </div>
      {menu && (
        <Menu
          name={t('sidebar.menu')}
          place={menu.place}
          sections={conversationMenu(menu.conversation)}
          onClose={() => setMenu(null)}
        />
      )}
    </nav>
  );
}

/** Returns the id of the conversation whose row has an element. */
function rowOf(target: EventTarget): string | null {
  if (!(target instanceof Element)) return null;
  return target.closest('[data-conversation-id]')?.getAttribute('data-conversation-id') ?? null;
}

/** Groups the results of a search, with one row for each conversation. */
function resultGroups({ byTitle, byPictures, messages }: FoundConversations): ConversationGroup[] {
  const rows = new Map(messages.map((message) => [message.conversation.id, message.conversation] as const));
  for (const { id } of [...byTitle, ...byPictures]) rows.delete(id);
  return [
    { title: t('sidebar.by_title'), conversations: byTitle },
    { title: t('sidebar.by_pictures'), conversations: byPictures },
    { title: t('sidebar.by_messages'), conversations: [...rows.values()] },
  ].filter(({ conversations }) => conversations.length > 0);
}

function openFirst([first]: readonly Conversation[]): void {
  if (first) void useChatList.getState().open(first);
}
