// The line under a picture that says what of the prompt the offline painter cannot draw, and leads to a model that can.
import type { PictureMessage } from '../../../shared/domain/conversations';
import { showView } from '../../state/navigation';
import { PlainButton } from '../../ui/PlainButton';
import styles from './NotDrawn.module.css';

/** It is there from the placeholder on, so that nothing moves when the picture comes. */
export function NotDrawn({ message: { notes = [] } }: { message: PictureMessage }) {
  const note = notes.find(({ code }) => code === 'not_drawn');
  if (!note) return null;
  return (
    <p className={styles['line']} data-testid="not-drawn">
      <span dir="auto">Could not draw: {note.words.join(', ')}</span>
      <PlainButton className={styles['link']} onClick={() => showView('settings')}>
        Connect a model
      </PlainButton>
    </p>
  );
}
