// What a new conversation shows: the name, one sentence, and four pictures to begin with.
import { useState } from 'react';
import { useChat } from '../../state/chat/chat-store';
import { useDraft } from '../../state/composer/draft-store';
import { useSettings } from '../../state/settings/settings-store';
import { WordMark } from '../../ui/WordMark';
import styles from './EmptyChat.module.css';
import { starterPrompts } from './starter-prompts';
import { usePrefetch } from './use-prefetch';

export function EmptyChat() {
  const send = useChat((state) => state.send);
  const aspectRatio = useSettings((state) => state.settings.aspectRatio);
  // A starter that is pointed at is begun: chosen, it appears at once.
  const [pointedAt, setPointedAt] = useState('');
  // What is being written has the one draft there is, wherever the pointer rests or goes.
  const isWriting = useDraft((state) => state.text.trim() !== '');
  usePrefetch({ text: isWriting ? '' : pointedAt, mode: 'picture', aspectRatio, count: 1 }, 'pointing');
  return (
    <div className={styles['empty']}>
      <h1>
        <WordMark size="large" />
      </h1>
      <p className={styles['sentence']}>Describe a picture. Its place is here before you look up.</p>
      <ul className={styles['starters']} aria-label="Starter prompts">
        {starterPrompts.map(({ prompt, picture }) => (
          <li key={prompt}>
            <button
              type="button"
              className={styles['starter']}
              // Not its entering: a page that comes up under a resting pointer is entered by it.
              onPointerMove={() => setPointedAt(prompt)}
              onPointerLeave={() => setPointedAt('')}
              onFocus={() => setPointedAt(prompt)}
              onBlur={() => setPointedAt('')}
              onClick={() => void send({ text: prompt, mode: 'picture', aspectRatio, count: 1 })}
            >
              <img src={picture} alt="" width={360} height={240} draggable={false} />
              <span>{prompt}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
