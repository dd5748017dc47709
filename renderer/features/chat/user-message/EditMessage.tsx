// The field in which a question is edited, in place of its bubble. Sending makes a new version of the question.

import { X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef } from 'react';
import { isCompletePrompt } from '../../../../shared/domain/apply-styles';
import type { ChosenModel } from '../../../../shared/domain/chosen-model';
import { maxTextLength, type TextMessage } from '../../../../shared/domain/conversations';
import { maxDraftLength } from '../../../../shared/domain/draft';
import { lengthProblem } from '../../../../shared/domain/text-length';
import { t } from '../../../../shared/languages/translate';
import { sizeOfMessage } from '../../../state/composer/asked-fields';
import { chosenModels, useChosenModels } from '../../../state/composer/chosen-models';
import { stylesProblem } from '../../../state/composer/chosen-styles';
import { type QuestionRecipe, ratioFor } from '../../../state/composer/question-recipe';
import { useRequestPrice } from '../../../state/composer/request-price';
import type { RequestSize } from '../../../state/composer/request-size';
import { focusComposer } from '../../../state/composer/reuse-prompt';
import { Button } from '../../../ui/Button';
import { PlainButton } from '../../../ui/PlainButton';
import { AttachedPicture } from '../AttachedPicture';
import { UsedStyles } from '../styles/UsedStyles';
import { useEdits } from './edit-store';
import styles from './UserMessage.module.css';

export function EditMessage({ message, onCancel }: { message: TextMessage; onCancel: () => void }) {
  const { id } = message;
  const edit = useEdits((state) => state.editing[id]);
  const { change, leave, send } = useEdits.getState();
  const field = useRef<HTMLTextAreaElement>(null);
  const problemId = useId();

  useEffect(() => {
    if (useEdits.getState().editing[id]?.isRestored) return;
    const element = field.current;
    element?.focus();
    element?.setSelectionRange(element.value.length, element.value.length);
  }, [id]);

  if (!edit) return null;
  const { text, recipe, isSending } = edit;
  const tooLong = lengthProblem(text, maxTextLength);
  const asked = sizeOfMessage({ text, mode: recipe.mode, count: recipe.count }, modelsOf(recipe));
  const problem =
    tooLong === null
      ? (asked.problem ?? stylesProblem(text, recipe.styles ?? []))
      : t(text.length > maxDraftLength ? 'composer.too_long_to_keep' : 'composer.too_long', {
          problem: tooLong,
        });
  const isEmpty = text.trim() === '' && !isCompletePrompt(recipe.styles ?? []);
  const isReady = !isEmpty && problem === null && !isSending;

  function cancel(): void {
    leave(id);
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
    // A held key sends only once, even if sending fails at once.
    if (!event.repeat) void submit();
  }

  return (
    <form
      className={styles['edit']}
      aria-label={t('chat.edit_message')}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Attached messageId={id} recipe={recipe} />
      <UsedStyles
        styles={recipe.styles ?? []}
        onLastRemoved={() => field.current?.focus()}
        onRemove={(styleId) =>
          change(id, {
            recipe: { ...recipe, styles: recipe.styles?.filter((style) => style.id !== styleId) ?? [] },
          })
        }
      />
      <textarea
        ref={field}
        className={styles['field']}
        aria-label={t('chat.new_version')}
        dir="auto"
        rows={1}
        aria-invalid={problem !== null || undefined}
        aria-describedby={problem === null ? undefined : problemId}
        value={text}
        onChange={(event) => change(id, { text: event.target.value })}
        onKeyDown={onKeyDown}
      />
      {problem !== null && (
        <p className={styles['problem']} id={problemId} role="alert">
          {problem}
        </p>
      )}
      <div className={styles['bar']}>
        <Choices recipe={recipe} size={asked} />
        <Button onClick={cancel}>{t('ui.cancel')}</Button>
        <Button type="submit" tone="primary" disabled={!isReady}>
          {t('composer.send')}
        </Button>
      </div>
    </form>
  );
}

/** The choices for a new version that is a picture. */
function Choices({ recipe, size }: { recipe: QuestionRecipe; size: RequestSize }) {
  const { words, ofEachModel, total } = size;
  // Renders again when the model changes, because another model may support other shapes.
  useChosenModels();
  const aspectRatio = ratioFor(recipe);
  const price = useRequestPrice(modelsOf(recipe), ofEachModel, aspectRatio);
  const isPicture = recipe.mode === 'picture' || words !== null;
  const count = words ?? t('composer.pictures', { count: total });
  const shown = [count, aspectRatio, ...(words === null || price === null ? [] : [price])];
  return <span className={styles['choices']}>{isPicture && shown.join(' · ')}</span>;
}

/** Returns the models of the new version: the same ones if several were asked, otherwise the model of the chat. */
function modelsOf({ models }: QuestionRecipe): readonly ChosenModel[] {
  return models.length > 1 ? models : chosenModels().slice(0, 1);
}

function Attached({ messageId, recipe }: { messageId: string; recipe: QuestionRecipe }) {
  const change = useEdits((state) => state.change);
  if (recipe.references.length === 0) return null;
  return (
    <ul className={styles['pictures']} aria-label={t('chat.message_pictures')}>
      {recipe.references.map((imageId, index) => (
        <li key={imageId} className={styles['picture']}>
          <AttachedPicture id={imageId} index={index} />
          <PlainButton
            className={styles['remove']}
            aria-label={t('chat.leave_out_reference', { number: index + 1 })}
            title={t('chat.leave_out')}
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
