// The lines under a picture: what the service said with it, and how it differs from what was asked, such as what the
// offline painter cannot draw and which settings the service left out. The caption says when it has another shape.

import type { PictureMessage } from '../../../shared/domain/conversations';
import type { PictureNote } from '../../../shared/domain/picture-notes';
import { serviceOf } from '../../../shared/domain/service-directory';
import { type Sentence, say } from '../../../shared/languages/sentence';
import { joinSentences, t } from '../../../shared/languages/translate';
import { modelName } from '../../state/composer/chosen-models';
import { useChosenProvider } from '../../state/composer/chosen-provider';
import { hintWithPrice } from '../../state/composer/repeat-price';
import { waitingPicture } from '../../state/composer/waiting-requests';
import { useConnect } from '../../state/connect-store';
import { beginThisComputer, useThisComputer } from '../../state/engine/this-computer';
import { useLacksKey } from '../../state/settings/service-keys';
import { formatList } from '../../ui/format';
import { PlainButton } from '../../ui/PlainButton';
import styles from './PictureNotes.module.css';
import { shownNotes } from './shown-notes';

export function PictureNotes({ message }: { message: PictureMessage }) {
  return shownNotes(message).map((note) => <Note key={note.code} note={note} message={message} />);
}

function Note({ note, message }: { note: PictureNote; message: PictureMessage }) {
  switch (note.code) {
    case 'not_drawn':
      return <NotDrawn words={note.words} message={message} />;
    case 'settings_left_out':
      return (
        <p className={styles['line']} data-testid="settings-left-out">
          <span dir="auto">{joinSentences(note.sentences.map(textOf))}</span>
        </p>
      );
    case 'part_not_exact':
      return (
        <p className={styles['line']} data-testid="part-not-exact">
          {textOf(note.sentence)}
        </p>
      );
    case 'answer_words':
      return (
        <p className={styles['line']} data-testid="answer-words">
          <span dir="auto">{note.text}</span>
        </p>
      );
    case 'answer_incomplete':
      return (
        <p className={styles['line']} data-testid="answer-incomplete">
          {t('chat.pictures_lost', { count: note.lost })}
        </p>
      );
    case 'other_shape':
      return null;
  }
}

/** Rows of earlier versions have English texts. */
function textOf(said: string | Sentence): string {
  return typeof said === 'string' ? said : say(said);
}

/** It is there from the placeholder on, so that nothing moves when the picture comes. */
function NotDrawn({ words, message }: { words: readonly string[]; message: PictureMessage }) {
  return (
    <p className={styles['line']} data-testid="not-drawn">
      <span dir="auto">{t('chat.not_drawn', { words: formatList(words) })}</span>
      <MakeInstead message={message} />
    </p>
  );
}

/** What makes the picture that was meant: the model of the chat, or one that is connected first. */
function MakeInstead({ message }: { message: PictureMessage }) {
  const open = useConnect((state) => state.open);
  const { isOffered } = useThisComputer();
  const { id: serviceId, pictureModel } = useChosenProvider();
  const isKeyMissing = useLacksKey(serviceId);
  const waiting = waitingPicture(message);
  if (serviceOf(serviceId).kind !== 'painter' && !isKeyMissing) {
    return (
      <PlainButton
        className={styles['link']}
        title={hintWithPrice(t('picture.again_hint', { count: 1 }), waiting.price?.() ?? null)}
        onClick={waiting.send}
      >
        {t('chat.make_with', { model: modelName({ serviceId, model: pictureModel }) })}
      </PlainButton>
    );
  }
  return (
    <>
      {isOffered && (
        <PlainButton className={styles['link']} onClick={() => beginThisComputer(waiting)}>
          {t('models.use_this_computer')}
        </PlainButton>
      )}
      <PlainButton className={styles['link']} onClick={() => open({ waiting })}>
        {t('models.connect')}
      </PlainButton>
    </>
  );
}
