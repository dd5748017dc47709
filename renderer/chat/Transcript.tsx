// The conversation: messages in order, kept at the end while the person is there, and nowhere else.

import { ArrowDown } from 'lucide-react';
import { type ReactNode, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { IconButton } from '../ui/IconButton';
import { useChat } from './chat-store';
import { MessageItem } from './MessageItem';
import { blocksOf } from './messages';
import { useReferences } from './references';
import styles from './Transcript.module.css';
import { useStickToEnd } from './use-stick-to-end';

/** How near to the top older messages are fetched, in pixels. */
const fetchAhead = 1200;

export function Transcript({
  conversationId,
  children,
}: {
  conversationId: string | null;
  children: ReactNode;
}) {
  const order = useChat((state) => state.order);
  const hasOlder = useChat((state) => state.hasOlder);
  const loadingOlder = useChat((state) => state.loadingOlder);
  const loadOlder = useChat((state) => state.loadOlder);
  // A message's place never changes, so the blocks depend on the order alone.
  const blocks = useMemo(() => blocksOf(order, useChat.getState().messages), [order]);
  const hasReferences = useReferences((state) => state.ids.length > 0);
  const scroller = useRef<HTMLDivElement>(null);
  const column = useRef<HTMLDivElement>(null);
  const { atEnd, goToEnd } = useStickToEnd(scroller, column, conversationId, order.at(-1));

  useKeepPlace(scroller, order[0]);
  useEffect(() => {
    const element = scroller.current;
    if (!element || !hasOlder || loadingOlder) return;
    const look = () => {
      if (element.scrollTop < fetchAhead) void loadOlder();
    };
    look();
    element.addEventListener('scroll', look, { passive: true });
    return () => element.removeEventListener('scroll', look);
  }, [hasOlder, loadingOlder, loadOlder]);

  return (
    <>
      <div
        ref={scroller}
        className={styles['scroller']}
        role="log"
        aria-label="Conversation"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard.
        tabIndex={0}
      >
        {children || (
          <div ref={column} className={styles['column']} data-over-references={hasReferences || undefined}>
            {blocks.map(({ key, ids }) => (
              <div key={key} className={styles['block']} data-many={ids.length > 1 || undefined}>
                {ids.map((id) => (
                  <MessageItem key={id} id={id} />
                ))}
              </div>
            ))}
          </div>
        )}
      </div>
      {!atEnd && (
        <div className={styles['toEnd']}>
          <IconButton icon={ArrowDown} label="Go to the newest" onClick={goToEnd} />
        </div>
      )}
    </>
  );
}

/** When older messages come in above, what the person looks at stays where it is. */
function useKeepPlace(scroller: React.RefObject<HTMLDivElement | null>, oldest: string | undefined): void {
  const before = useRef({ oldest, top: 0 });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const topOf = (id: string | undefined) =>
      id === undefined ? null : document.querySelector<HTMLElement>(`[data-message-id="${id}"]`)?.offsetTop;
    const known = topOf(before.current.oldest) ?? null;
    if (known !== null && before.current.oldest !== oldest) {
      element.scrollTop += known - before.current.top;
    }
    before.current = { oldest, top: topOf(oldest) ?? 0 };
  });
}
