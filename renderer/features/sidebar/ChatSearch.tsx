// The field that searches the titles of all conversations.

import { Search } from 'lucide-react';
import { type RefObject, useEffect, useId } from 'react';
import { maxTitleLength } from '../../../shared/domain/conversations';
import { lengthProblem } from '../../../shared/domain/text-length';
import { t } from '../../../shared/languages/translate';
import { useViewState } from '../../state/view-state';
import styles from './ConversationList.module.css';
import { useChatList } from './chat-list-store';

type Props = {
  field: RefObject<HTMLInputElement | null>;
  /** Moves the focus into the list. */
  onDown: () => void;
  /** Opens the first of the results. */
  onEnter: () => void;
};

export function ChatSearch({ field, onDown, onEnter }: Props) {
  const text = useChatList((state) => state.text);
  const search = useChatList((state) => state.search);

  const problem = lengthProblem(text, maxTitleLength);
  const problemId = useId();
  const isOver = useViewState((state) => state.sidebarOver !== null);

  // When another list, such as that of the collections, replaces this one, the search is cleared.
  useEffect(() => () => void search(''), [search]);

  return (
    <>
      <label className={styles['search']}>
        <Search size={16} strokeWidth={1.75} aria-hidden />
        <input
          ref={field}
          type="search"
          data-search="conversations"
          aria-label={t('sidebar.search')}
          placeholder={t('sidebar.search_placeholder')}
          spellCheck={false}
          aria-invalid={problem !== null || undefined}
          aria-describedby={problem === null ? undefined : problemId}
          value={text}
          onChange={(event) => void search(event.target.value)}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            if (event.key === 'ArrowDown') onDown();
            else if (event.key === 'Enter') onEnter();
            else if (event.key !== 'Escape') return;
            // Escape also closes the sidebar over the view.
            else if (text === '' && isOver) return;
            else if (text === '') event.currentTarget.blur();
            else void search('');
            event.preventDefault();
          }}
        />
      </label>
      {problem !== null && (
        <p className={styles['problem']} id={problemId} role="alert">
          {t('gallery.shorten', { problem })}
        </p>
      )}
    </>
  );
}
