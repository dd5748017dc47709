// The lines under a picture: the service's words, and differences from the request, such as things that the offline painter
// cannot draw and settings that the service did not apply. The caption mentions another shape.

import type { PictureMessage } from '../../../shared/domain/conversations';
import { maxNotDrawnWords, type PictureNote } from '../../../shared/domain/picture-notes';
import { type Sentence, say } from '../../../shared/languages/sentence';
import { joinSentences, t } from '../../../shared/languages/translate';
import { targetOfMessage } from '../../picture/action-target';
import { offeredAction } from '../../picture/offered-actions';
import { useChat } from '../../state/chat/chat-store';
import { isInGroup } from '../../state/chat/messages';
import { modelName } from '../../state/composer/chosen-models';
import { useDrawingModel } from '../../state/composer/drawing-model';
import { waitingPicture } from '../../state/composer/waiting-requests';
import { labelAtPrice, useConnect } from '../../state/connect-store';
import { startThisComputer, useThisComputer } from '../../state/engine/this-computer';
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

/** Shown from the placeholder on, so that nothing moves when the picture arrives. */
function NotDrawn({ words, message }: { words: readonly string[]; message: PictureMessage }) {
  return (
    <p className={styles['line']} data-testid="not-drawn">
      <span dir="auto">{t('chat.not_drawn', { words: formatList(shownWords(words)) })}</span>
      <MakeInstead message={message} />
    </p>
  );
}

/** Returns the words to show. If there are too many, the last shown one stands for all others. */
function shownWords(words: readonly string[]): string[] {
  const shown = words.slice(0, maxNotDrawnWords);
  return words.length > shown.length ? [...shown, t('chat.other_things')] : shown;
}

/** Offers to make the intended picture with a model, which may have to be connected first. */
function MakeInstead({ message }: { message: PictureMessage }) {
  const open = useConnect((state) => state.open);
  const { isOffered } = useThisComputer();
  const model = useDrawingModel();
  const isBeside = useChat(({ messages }) => model !== null && isInGroup(message, model, messages));
  // The intended picture is beside this one.
  if (isBeside || !offeredAction('otherModel', targetOfMessage(message))) return null;
  if (model) {
    const waiting = waitingPicture(message, model);
    const label = t('chat.make_with', { model: modelName(model) });
    return (
      <PlainButton
        className={styles['link']}
        title={t('picture.again_hint', { count: 1 })}
        onClick={waiting.send}
      >
        {/* The composer may name another model, and its price. */}
        {labelAtPrice({ ...waiting, label })}
      </PlainButton>
    );
  }
  const waiting = waitingPicture(message);
  return (
    <>
      {isOffered && (
        <PlainButton className={styles['link']} onClick={() => startThisComputer(waiting)}>
          {t('models.use_this_computer')}
        </PlainButton>
      )}
      <PlainButton className={styles['link']} onClick={() => open({ waiting })}>
        {t('models.connect')}
      </PlainButton>
    </>
  );
}
