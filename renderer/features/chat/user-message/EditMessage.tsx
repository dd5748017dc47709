// The field in which a question is edited, in place of its bubble. Sending makes a new version of the question.
import { X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef } from 'react';
import { maxTextLength, type TextMessage } from '../../../../shared/domain/conversations';
import { imageUrl } from '../../../../shared/domain/pictures';
import { lengthProblem } from '../../../../shared/domain/text-length';
import { type QuestionRecipe, ratioFor } from '../../../state/composer/question-recipe';
import { focusComposer } from '../../../state/composer/reuse-prompt';
import { Button } from '../../../ui/Button';
import { PlainButton } from '../../../ui/PlainButton';
import { useEdits } from './edit-store';
import styles from './UserMessage.module.css';

export function EditMessage({ message, onCancel }: { message: TextMessage; onCancel: () => void }) {
  const { id } = message;
  const edit = useEdits((state) => state.editing[id]);
  const { change, end, send } = useEdits.getState();
  const field = useRef<HTMLTextAreaElement>(null);
  const problemId = useId();

  useEffect(() => {
    const element = field.current;
    element?.focus();
    element?.setSelectionRange(element.value.length, element.value.length);
  }, []);

  if (!edit) return null;
  const { text, recipe, isSending } = edit;
  const tooLong = lengthProblem(text, maxTextLength);
  const isReady = text.trim() !== '' && tooLong === null && !isSending;

  function cancel(): void {
    end(id);
    onCancel();
  }

  async function submit(): Promise<void> {
    if (isReady && (await send(message))) focusComposer();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      cancel();
    }
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    // A held key sends once, even if sending fails at once.
    if (!event.repeat) void submit();
  }

  return (
    <form
      className={styles['edit']}
      aria-label="Edit message"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Attached messageId={id} recipe={recipe} />
      <textarea
        ref={field}
        className={styles['field']}
        aria-label="New version"
        dir="auto"
        rows={1}
        aria-invalid={tooLong !== null || undefined}
        aria-describedby={tooLong === null ? undefined : problemId}
        value={text}
        onChange={(event) => change(id, { text: event.target.value })}
        onKeyDown={onKeyDown}
      />
      {tooLong !== null && (
        <p className={styles['problem']} id={problemId} role="alert">
          {tooLong} Shorten the message to send it.
        </p>
      )}
      <div className={styles['bar']}>
        <span className={styles['choices']}>{choicesOf(recipe)}</span>
        <Button onClick={cancel}>Cancel</Button>
        <Button type="submit" tone="primary" disabled={!isReady}>
          Send
        </Button>
      </div>
    </form>
  );
}

/** Returns what the new version is made with, for a picture. */
function choicesOf(recipe: QuestionRecipe): string {
  if (recipe.mode === 'auto') return '';
  return `${recipe.count === 1 ? '1 picture' : `${recipe.count} pictures`} · ${ratioFor(recipe)}`;
}

function Attached({ messageId, recipe }: { messageId: string; recipe: QuestionRecipe }) {
  const change = useEdits((state) => state.change);
  if (recipe.references.length === 0) return null;
  return (
    <ul className={styles['pictures']} aria-label="Pictures of this message">
      {recipe.references.map((imageId, index) => (
        <li key={imageId} className={styles['picture']}>
          <img src={imageUrl(imageId, '256')} alt={`Reference ${index + 1}`} draggable={false} />
          <PlainButton
            className={styles['remove']}
            aria-label={`Leave out reference ${index + 1}`}
            title="Leave out"
            onClick={() => {
              const references = recipe.references.filter((other) => other !== imageId);
              change(messageId, { recipe: { ...recipe, references } });
            }}
          >
            <X size={12} strokeWidth={2} aria-hidden />
          </PlainButton>
        </li>
      ))}
    </ul>
  );
}
