// The line above an edited picture: the pictures that it was made from, each a link to its place.

import { imageUrl } from '../../../shared/domain/pictures';
import { t } from '../../../shared/languages/translate';
import { useChat } from '../../state/chat/chat-store';
import { showSource } from '../../state/pictures/show-source';
import { Text } from '../../ui/Text';
import styles from './EditedFrom.module.css';

/** @param sources ids of the pictures, the one that was changed first. */
export function EditedFrom({ sources }: { sources: readonly string[] }) {
  return (
    <p className={styles['line']}>
      {sources.map((id) => (
        <button
          key={id}
          type="button"
          className={styles['source']}
          aria-label={t('chat.show_picture')}
          title={t('chat.show_picture')}
          onClick={() => void showSource(id)}
        >
          <img
            src={imageUrl(id, '256')}
            alt=""
            draggable={false}
            // A picture that is gone leaves an empty place.
            onError={({ currentTarget }) => {
              currentTarget.hidden = true;
            }}
          />
        </button>
      ))}
      <span className={styles['words']}>
        {sources.length > 1 ? (
          t('chat.made_from', { count: sources.length })
        ) : (
          <Source id={sources[0] ?? ''} />
        )}
      </span>
    </p>
  );
}

function Source({ id }: { id: string }) {
  const prompt = useChat(({ messages: { [id]: parent } }) =>
    parent?.kind === 'image' ? parent.prompt : null,
  );
  return (
    <Text
      id="chat.edited_from"
      values={{
        picture: prompt ?? t('chat.earlier_picture'),
        link: (parts) => (
          <button
            type="button"
            className={styles['link']}
            title={t('chat.show_picture')}
            onClick={() => void showSource(id)}
          >
            {parts}
          </button>
        ),
      }}
    />
  );
}
