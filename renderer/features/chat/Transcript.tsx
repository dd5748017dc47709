// The conversation: the messages around what is on screen, kept at the end while the user is there, and nowhere else.

import { ArrowDown } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from 'react';
import { useChat } from '../../state/chat/chat-store';
import { blocksOf } from '../../state/chat/messages';
import { useReferences } from '../../state/composer/references-store';
import { Announcer } from './Announcer';
import { MessageItem } from './MessageItem';
import styles from './Transcript.module.css';
import { roomFor } from './transcript-view';
import { useLoadedRange } from './use-loaded-range';
import { useScrollTarget } from './use-scroll-target';
import { useStickToEnd } from './use-stick-to-end';

export function Transcript({
  conversationId,
  children,
}: {
  conversationId: string | null;
  children: ReactNode;
}) {
  const order = useChat((state) => state.order);
  const older = useChat((state) => state.older);
  const newer = useChat((state) => state.newer);
  // A message's place never changes, so the blocks depend on the order alone.
  const blocks = useMemo(() => blocksOf(order, useChat.getState().messages), [order]);
  const hasReferences = useReferences((state) => state.ids.length > 0);
  const scroller = useRef<HTMLDivElement>(null);
  const column = useRef<HTMLDivElement>(null);
  const end = useStickToEnd(scroller, column, conversationId, newer === 0);
  useScrollTarget(scroller, end);
  useLoadedRange(scroller, column);

  return (
    <>
      <div
        ref={scroller}
        className={styles['scroller']}
        role="log"
        aria-label="Conversation"
        // What scrolls in is no news; `Announcer` says what is.
        aria-live="off"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard.
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        {children || (
          <>
            <div className={styles['room']} style={{ height: roomFor(older) }} />
            <div ref={column} className={styles['column']} data-over-references={hasReferences || undefined}>
              {blocks.map(({ key, ids }) => (
                <div key={key} className={styles['block']} data-many={ids.length > 1 || undefined}>
                  {ids.map((id) => (
                    <MessageItem key={id} id={id} />
                  ))}
                </div>
              ))}
            </div>
            <div className={styles['room']} style={{ height: roomFor(newer) }} />
          </>
        )}
      </div>
      {!end.atEnd && <ToEnd />}
      <Announcer />
    </>
  );
}

/** The whole way, past what is not held: the browser would only go through the room that stands for it. */
function onKeyDown(event: KeyboardEvent): void {
  if (event.target !== event.currentTarget || event.altKey || event.shiftKey || event.metaKey) return;
  const { goToStart, goToEnd } = useChat.getState();
  if (event.key === 'Home') void goToStart();
  else if (event.key === 'End') void goToEnd();
  else return;
  event.preventDefault();
}

/** The way to the end, and word of what has come there meanwhile. */
function ToEnd() {
  const news = useChat((state) => state.news);
  const goToEnd = useChat((state) => state.goToEnd);
  const [known] = useState(news);
  const hasNew = news !== known;
  return (
    <button
      type="button"
      className={styles['toEnd']}
      aria-label={hasNew ? 'New answer. Go to the newest' : 'Go to the newest'}
      title="Go to the newest"
      onClick={() => void goToEnd()}
    >
      {hasNew && <span>New answer</span>}
      <ArrowDown size={18} strokeWidth={1.75} aria-hidden />
    </button>
  );
}
