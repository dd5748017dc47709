// The text of a user's message. A long text is collapsed to a few lines until the user expands it.

import { useRef } from 'react';
import { flushSync } from 'react-dom';
import { create } from 'zustand';
import { t } from '../../../../shared/languages/translate';
import { PlainButton } from '../../../ui/PlainButton';
import { useLeaveEnd } from '../leave-end';
import { beginningOf, isLong } from './long-text';
import styles from './UserMessage.module.css';

/** The ids of expanded messages. Kept in a store because a message out of sight may be unmounted. */
const useUnfolded = create<{ ids: ReadonlySet<string> }>()(() => ({ ids: new Set() }));

export function FoldedText({ id, text }: { id: string; text: string }) {
  const isUnfolded = useUnfolded(({ ids }) => ids.has(id));
  const leaveEnd = useLeaveEnd();
  const button = useRef<HTMLButtonElement>(null);
  if (!isLong(text)) {
    return (
      <p className={styles['text']} dir="auto">
        {text}
      </p>
    );
  }

  function toggle(): void {
    // Keeps the beginning in place, even at the end of the conversation.
    if (!isUnfolded) leaveEnd();
    const before = button.current?.getBoundingClientRect().top ?? 0;
    const { ids } = useUnfolded.getState();
    const others = [...ids].filter((other) => other !== id);
    flushSync(() => useUnfolded.setState({ ids: new Set(isUnfolded ? others : [...others, id]) }));
    if (!isUnfolded) return;
    // The text above gets shorter, but the button stays under the pointer.
    const scroller = button.current?.closest('[role="log"]');
    if (scroller) scroller.scrollTop += (button.current?.getBoundingClientRect().top ?? before) - before;
  }

  return (
    <div className={styles['text']} data-folded={!isUnfolded || undefined}>
      <p className={styles['words']} dir="auto">
        {isUnfolded ? text : beginningOf(text)}
      </p>
      <PlainButton ref={button} className={styles['unfold']} aria-expanded={isUnfolded} onClick={toggle}>
        {t(isUnfolded ? 'chat.show_less' : 'chat.show_all')}
      </PlainButton>
    </div>
  );
}
