// A new conversation: the name, one sentence, and the starter prompts.

import { useId, useState } from 'react';
import { t } from '../../../shared/languages/translate';
import { useChosenProvider } from '../../state/composer/chosen-provider';
import { stylesProblem, useChosenStyles } from '../../state/composer/chosen-styles';
import { useDraft } from '../../state/composer/draft-store';
import { useChosenShape } from '../../state/composer/last-choice';
import { sendStarter } from '../../state/composer/request-pictures';
import { useConnect } from '../../state/connect-store';
import { offerSummary } from '../../state/engine/engine-text';
import { startThisComputer, useThisComputer } from '../../state/engine/this-computer';
import { useKeyLack } from '../../state/settings/service-keys';
import { Button } from '../../ui/Button';
import { PlainButton } from '../../ui/PlainButton';
import { WordMark } from '../../ui/WordMark';
import styles from './EmptyChat.module.css';
import { starterPrompts } from './starter-prompts';
import { usePrefetch } from './use-prefetch';

export function EmptyChat() {
  const aspectRatio = useChosenShape();
  const provider = useChosenProvider().id;
  const keyLack = useKeyLack(provider);
  const open = useConnect((state) => state.open);
  const { isOffered, offer } = useThisComputer();
  const offerId = useId();
  // The picture of a starter prompt under the pointer is prefetched, so that it appears at once when chosen.
  const [pointedAt, setPointedAt] = useState('');
  // Only one picture is prefetched at a time, and the one being described takes precedence.
  const isWriting = useDraft((state) => state.text.trim() !== '');
  const canStart = stylesProblem('', useChosenStyles()) === null;
  usePrefetch(
    { text: isWriting || !canStart ? '' : pointedAt, mode: 'picture', aspectRatio, count: 1 },
    'pointing',
  );
  const starters = starterPrompts.map(({ prompt, picture }) => ({ prompt: t(prompt), picture }));
  return (
    <div className={styles['empty']}>
      <h1>
        <WordMark size="large" />
      </h1>
      <p className={styles['sentence']}>{t('chat.empty')}</p>
      <ul className={styles['starters']} aria-label={t('chat.starter_prompts')}>
        {starters.map(({ prompt, picture }) => (
          <li key={prompt}>
            <PlainButton
              className={styles['starter']}
              // Not `pointerenter`, which also fires when the page appears under a resting pointer.
              // Ignores a pointer that rests where the window or the card appears.
              onPointerMove={({ movementX, movementY }) => {
                if (movementX !== 0 || movementY !== 0) setPointedAt(prompt);
              }}
              onPointerLeave={() => setPointedAt('')}
              onFocus={() => setPointedAt(prompt)}
              onBlur={() => setPointedAt('')}
              onClick={() => void sendStarter(prompt, aspectRatio)}
            >
              <img src={picture} alt="" width={360} height={240} draggable={false} />
              <span>{prompt}</span>
            </PlainButton>
          </li>
        ))}
      </ul>
      {(provider === 'painter' || keyLack !== null) && (
        <div className={styles['connect']}>
          {isOffered && (
            <Button tone="primary" aria-describedby={offerId} onClick={() => startThisComputer()}>
              {t('models.use_this_computer')}
            </Button>
          )}
          <Button onClick={() => open(keyLack === null ? {} : { service: provider })}>
            {t(keyLack === null || keyLack === 'missing' ? 'models.connect' : 'composer.check_key')}
          </Button>
          <p id={offerId} className={styles['offer']}>
            {offer && offerSummary(offer)}
          </p>
        </div>
      )}
    </div>
  );
}
