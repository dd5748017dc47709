// From which picture this one was edited: a quiet line over it, and the way there.
import { useChat } from './chat-store';
import styles from './Parent.module.css';

export function Parent({ id, count }: { id: string; count: number }) {
  const prompt = useChat(({ messages: { [id]: parent } }) =>
    parent?.kind === 'image' ? parent.prompt : null,
  );
  if (count > 1) return <p className={styles['line']}>Made from {count} pictures</p>;
  if (prompt === null) return <p className={styles['line']}>Edited from an earlier picture</p>;
  return (
    <p className={styles['line']}>
      Edited from{' '}
      <button type="button" className={styles['link']} title="Show it" onClick={() => show(id)}>
        {prompt}
      </button>
    </p>
  );
}

function show(id: string): void {
  const isStill = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  document
    .querySelector(`[data-message-id="${id}"]`)
    ?.scrollIntoView({ block: 'center', behavior: isStill ? 'instant' : 'smooth' });
}
