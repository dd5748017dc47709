// The line above an edited picture that links to its source.
import { useChat } from '../../state/chat/chat-store';
import styles from './EditedFrom.module.css';

export function EditedFrom({ id, count }: { id: string; count: number }) {
  const prompt = useChat(({ messages: { [id]: parent } }) =>
    parent?.kind === 'image' ? parent.prompt : null,
  );
  const showMessage = useChat((state) => state.showMessage);
  if (count > 1) return <p className={styles['line']}>Made from {count} pictures</p>;
  return (
    <p className={styles['line']}>
      Edited from{' '}
      <button
        type="button"
        className={styles['link']}
        title="Show the picture"
        onClick={() => void showMessage(id)}
      >
        {prompt ?? 'an earlier picture'}
      </button>
    </p>
  );
}
