// The conversation: renders the loaded messages and stays at the end until the user scrolls up.

import { ArrowDown } from 'lucide-react';
import { type CSSProperties, type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from 'react';
import { t } from '../../../shared/languages/translate';
import { useChat } from '../../state/chat/chat-store';
import { blocksOf } from '../../state/chat/messages';
import { Announcer } from './Announcer';
import { gridOf, isAnyPending } from './group-layout';
import { LeaveEnd } from './leave-end';
import { MessageItem } from './MessageItem';
import { PassedOverNote } from './PassedOverNote';
import { PictureGroup } from './PictureGroup';
import styles from './Transcript.module.css';
import { placeholderHeight } from './transcript-view';
import { useLoadedRange } from './use-loaded-range';
import { useScrollTarget } from './use-scroll-target';
import { useStickToEnd } from './use-stick-to-end';

export function Transcript({ conversationId, children }: { conversationId: string; children: ReactNode }) {
  const order = useChat((state) => state.order);
  const older = useChat((state) => state.older);
  const newer = useChat((state) => state.newer);
  // A message's position never changes, so the blocks depend only on the order.
  const blocks = useMemo(() => blocksOf(order, useChat.getState().messages), [order]);
  const scroller = useRef<HTMLDivElement>(null);
  const column = useRef<HTMLDivElement>(null);
  const end = useStickToEnd(scroller, column, conversationId, newer === 0);
  // A stable function, so that it does not cause messages to render.
  const [leaveEnd] = useState(() => end.leaveEnd);
  useScrollTarget(scroller, end);
  useLoadedRange(scroller, column, end.isAtEnd);

  return (
    <>
      <div
        ref={scroller}
        className={styles['scroller']}
        role="log"
        aria-label={t('chat.conversation')}
        // `Announcer` announces new answers. Older messages that scroll in are not announced.
        aria-live="off"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller must be reachable by keyboard.
        tabIndex={0}
        data-region
        onKeyDown={onKeyDown}
      >
        {children || (
          <>
            <div className={styles['placeholder']} style={{ height: placeholderHeight(older) }} />
            <LeaveEnd value={leaveEnd}>
              <div ref={column} className={styles['column']}>
                {blocks.map(({ key, ids }, at) => (
                  <div key={key} className={styles['block']} data-many={ids.length > 1 || undefined}>
                    {ids.length > 1 ? (
                      <Pictures ids={ids} />
                    ) : (
                      ids.map((id) => <MessageItem key={id} id={id} />)
                    )}
                    {at === blocks.length - 1 && <PassedOverNote />}
                  </div>
                ))}
              </div>
            </LeaveEnd>
            <div className={styles['placeholder']} style={{ height: placeholderHeight(newer) }} />
          </>
        )}
      </div>
      {!end.isAtEnd && <ToEndButton />}
      <Announcer />
    </>
  );
}

/** The pictures of one request. Their arrangement never changes. */
function Pictures({ ids }: { ids: readonly string[] }) {
  // Decided once, as it is for a single picture.
  const [keepsRequestedRatio] = useState(() => isAnyPending(messagesOf(ids)));
  const { columns, count, ratio, fitsRow, isNamed } = useMemo(
    () => gridOf(messagesOf(ids), keepsRequestedRatio),
    [ids, keepsRequestedRatio],
  );
  const style: CSSProperties & Record<'--count' | '--widest', number> = {
    '--count': count,
    '--widest': ratio,
  };
  return (
    <div
      className={styles['pictures']}
      style={style}
      data-columns={columns}
      data-fits-row={fitsRow || undefined}
      data-named={isNamed || undefined}
    >
      {ids.map((id) => (
        <MessageItem key={id} id={id} isGrouped keepsRequestedRatio={keepsRequestedRatio} />
      ))}
      <PictureGroup ids={ids} />
    </div>
  );
}

function messagesOf(ids: readonly string[]) {
  const { messages } = useChat.getState();
  return ids.map((id) => messages[id]);
}

/** Goes to the first or last message, which the browser cannot reach if it is not loaded. */
function onKeyDown(event: KeyboardEvent): void {
  if (event.target !== event.currentTarget || event.altKey || event.shiftKey || event.metaKey) return;
  const { goToStart, goToEnd } = useChat.getState();
  if (event.key === 'Home') void goToStart();
  else if (event.key === 'End') void goToEnd();
  else return;
  event.preventDefault();
}

/** The button that scrolls to the end and shows whether a new answer has arrived there. */
function ToEndButton() {
  const news = useChat((state) => state.news);
  const goToEnd = useChat((state) => state.goToEnd);
  const [known] = useState(news);
  const hasNew = news !== known;
  return (
    <button
      type="button"
      className={styles['toEnd']}
      aria-label={t(hasNew ? 'chat.new_answer_to_end' : 'chat.to_end')}
      title={t('chat.to_end')}
      onClick={() => void goToEnd()}
    >
      {hasNew && <span>{t('chat.new_answer')}</span>}
      <ArrowDown size={18} strokeWidth={1.75} aria-hidden />
    </button>
  );
}
