// The line above an edited picture: the pictures that it was made from, each a link to its place.

import { useEffect, useState } from 'react';
import { type GalleryImage, imageUrl } from '../../../shared/domain/pictures';
import { importedProvider } from '../../../shared/domain/read-recipe';
import { t } from '../../../shared/languages/translate';
import { request } from '../../ipc';
import { useChat } from '../../state/chat/chat-store';
import { showSource } from '../../state/pictures/show-source';
import { Text } from '../../ui/Text';
import styles from './EditedFrom.module.css';

/** @param sources ids of the pictures. The first is the one that was edited. */
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
            // A deleted picture leaves an empty place.
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
  const name = useSourceName(id);
  return (
    <Text
      id="chat.edited_from"
      values={{
        picture: name,
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

/** Returns the name of a source picture: its prompt, or that it is the user's own. */
function useSourceName(id: string): string {
  const ofChat = useChat(({ messages: { [id]: parent } }) =>
    parent?.kind === 'image' ? parent.prompt : null,
  );
  const [found, setFound] = useState<GalleryImage | null>(null);
  const isElsewhere = ofChat === null;
  useEffect(() => {
    if (!isElsewhere) return;
    let isGone = false;
    void request('gallery:tiles', { ids: [id] }).then((reply) => {
      const [image = null] = reply.ok ? reply.value : [];
      if (!isGone) setFound(image);
    });
    return () => {
      isGone = true;
    };
  }, [id, isElsewhere]);
  const prompt = ofChat ?? found?.prompt ?? '';
  if (prompt.trim() !== '') return prompt;
  return t(found?.provider === importedProvider ? 'chat.own_picture' : 'chat.earlier_picture');
}
