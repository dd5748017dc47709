// The text of a message of the user. A long one is folded to a few lines until the user wants all of it.

import { useRef } from 'react';
import { flushSync } from 'react-dom';
import { create } from 'zustand';
import { t } from '../../../../shared/languages/translate';
import { PlainButton } from '../../../ui/PlainButton';
import { useLeaveEnd } from '../leave-end';
import { beginningOf, isLong } from './long-text';
import styles from './UserMessage.module.css';

/** The ids of messages that are shown whole. Kept here because a message out of sight is not rendered. */
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
    // The beginning stays where it is read, also at the end of the conversation.
    if (!isUnfolded) leaveEnd();
    const before = button.current?.getBoundingClientRect().top ?? 0;
    const { ids } = useUnfolded.getState();
    const others = [...ids].filter((other) => other !== id);
    flushSync(() => useUnfolded.setState({ ids: new Set(isUnfolded ? others : [...others, id]) }));
    if (!isUnfolded) return;
    // The text above gets shorter: the button stays under the pointer.
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
