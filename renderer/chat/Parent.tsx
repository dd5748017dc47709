// From which picture this one was edited: a quiet word, and the way there.
import type { PictureMessage } from '../../shared/ipc';
import { useChat } from './chat-store';
import styles from './Parent.module.css';

export function Parent({ id, count }: { id: string; count: number }) {
  const parent = useChat((state) => state.messages[id]);
  const words = count > 1 ? `Made from ${count} pictures` : 'Edited from ';
  if (count > 1 || parent?.kind !== 'image') {
    return <span>{count > 1 ? words : 'Edited from an earlier picture'}</span>;
  }
  return (
    <span>
      {words}
      <button type="button" className={styles['link']} title="Show it" onClick={() => show(parent)}>
        {parent.prompt}
      </button>
    </span>
  );
}

function show({ id }: PictureMessage): void {
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  document
    .querySelector(`[data-message-id="${id}"]`)
    ?.scrollIntoView({ block: 'center', behavior: still ? 'instant' : 'smooth' });
}
