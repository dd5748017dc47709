// The composer: text, attachments and choices of the next message. It floats over the end of the conversation.

import {
  type FormEvent,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useId,
  useLayoutEffect,
  useRef,
} from 'react';
import { isCompletePrompt } from '../../../shared/domain/apply-styles';
import type { ChosenModel } from '../../../shared/domain/chosen-model';
import { maxTextLength } from '../../../shared/domain/conversations';
import { maxDraftLength } from '../../../shared/domain/draft';
import type { AspectRatio } from '../../../shared/domain/models';
import { maxReferencesOf } from '../../../shared/domain/part-support';
import { serviceOf } from '../../../shared/domain/service-directory';
import { lengthProblem } from '../../../shared/domain/text-length';
import { t } from '../../../shared/languages/translate';
import { useChat } from '../../state/chat/chat-store';
import { isThere } from '../../state/chat/messages';
import { useAdding } from '../../state/composer/adding-store';
import { sizeOfMessage } from '../../state/composer/asked-fields';
import { useChosenModels } from '../../state/composer/chosen-models';
import { useChosenProvider } from '../../state/composer/chosen-provider';
import { stylesProblem, useChosenStyles, chosenStyles as usedNow } from '../../state/composer/chosen-styles';
import { needsAttachedPicture, sendDraft } from '../../state/composer/composer-actions';
import { useDraftShape } from '../../state/composer/draft-shape';
import { useDraft } from '../../state/composer/draft-store';
import { modelThatNeedsPicture } from '../../state/composer/reference-limit';
import { sizeOfRequest } from '../../state/composer/request-size';
import { stopSuggesting } from '../../state/composer/suggestion-actions';
import { useProviders } from '../../state/settings/providers-store';
import { useKeyLack } from '../../state/settings/service-keys';
import { useSettings } from '../../state/settings/settings-store';
import { measureSince } from '../../state/user-timing';
import { focusHome, isPressOnNothing } from '../../ui/keep-focus';
import { useFittingLabels } from '../../ui/use-fitting-labels';
import { AddPictures } from './AddPictures';
import styles from './Composer.module.css';
import { ComposerNote } from './ComposerNote';
import { copyAbove } from './copy-above';
import { ModelChip } from './models/ModelChip';
import { NeedsPicture } from './NeedsPicture';
import { OptionsChip } from './options/OptionsChip';
import { ShapeChip } from './options/ShapeChip';
import { PictureOnly } from './PictureOnly';
import { ReferenceStrip } from './ReferenceStrip';
import { SendAndStop } from './SendAndStop';
import { ChosenStyles } from './styles/ChosenStyles';
import { StylesChip } from './styles/StylesChip';
import { ImproveButton } from './suggestion/ImproveButton';
import { SuggestionPanel } from './suggestion/SuggestionPanel';
import { usePaste } from './use-paste';
import { usePrefetch } from './use-prefetch';
import { usePromptHistory } from './use-prompt-history';

/** Renders the cost and the limits of the pictures that the composer would request. */
export type UsageMeterSlot = (pictures: {
  count: number;
  aspectRatio: AspectRatio;
  /** Whether the price is shown elsewhere. */
  hidesPrice: boolean;
}) => ReactNode;

type Props = { dock: RefObject<HTMLDivElement | null>; hidden: boolean; usageMeter: UsageMeterSlot };

export function Composer({ dock, hidden, usageMeter }: Props) {
  const currentId = useChat((state) => state.currentId);
  const { text, setText, mode, count, seed, references, given, arrived } = useDraft();
  const { id: provider, textModel } = useChosenProvider();
  // Without a text model, everything is a prompt.
  const canTalk = textModel !== null;
  const shape = useDraftShape();
  const { aspectRatio } = shape;
  const { takesSeed } = serviceOf(provider);
  const models = useChosenModels();
  const ofProvider = useKeyLack(provider);
  // For several models, the composer's note names the one that lacks its key.
  const keyLack = models.length === 1 ? ofProvider : null;
  const wordLists = useSettings((state) => state.settings.wordLists);
  const chosenStyles = useChosenStyles();
  const size = sizeOfRequest({ text, mode, canTalk, count, models, lists: wordLists });
  const field = useRef<HTMLTextAreaElement>(null);
  const focusField = () => field.current?.focus();
  const bar = useRef<HTMLDivElement>(null);
  useFittingLabels(bar);

  const hint = useHint(canTalk, models);
  usePaste(dock, !hidden);
  const recall = usePromptHistory(currentId);

  const tooLong = lengthProblem(text, maxTextLength);
  const problemId = useId();
  const sizeProblemId = useId();
  const needsPictureId = useId();
  const ofStyles = tooLong === null ? stylesProblem(text, chosenStyles) : null;

  const isAdding = useAdding(({ adding }) => adding.some((picture) => picture.conversationId === currentId));
  // Renders again when lists arrive, because the needs of a model follow from its service's list.
  useProviders((state) => state.offered);
  const needing = references.length === 0 && !isAdding ? modelThatNeedsPicture(models) : null;
  // Known only if every text is a prompt. Otherwise the main process decides whether a text is one.
  const lacksPicture = needing !== null && (mode === 'picture' || !canTalk);
  // Prefetches no message with attached pictures, and no text that the user has not just written.
  const isWhole = tooLong === null && ofStyles === null;
  const isEmpty = text.trim() === '' && !isCompletePrompt(chosenStyles);
  const isWritten = text !== given && isWhole && size.words === null && !size.isPattern;
  const prefetchText = isWritten && references.length === 0 && !isAdding ? text : '';
  usePrefetch(
    { text: prefetchText, mode, aspectRatio, count, ...(takesSeed && seed !== null && { seed }) },
    'writing',
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: each of these changes has to focus the field.
  useLayoutEffect(() => {
    if (!hidden) field.current?.focus();
  }, [hidden, currentId, arrived]);

  async function submit(pressedAt: number): Promise<void> {
    // Reads the store, because the last render may be older than the last key press.
    const { text: current } = useDraft.getState();
    if (current.trim() === '' && !isCompletePrompt(usedNow())) return;
    if (lengthProblem(current, maxTextLength) !== null) return;
    if (sizeOfMessage({ text: current, mode, count }, models).problem !== null) return;
    if (stylesProblem(current, usedNow()) !== null || needsAttachedPicture()) return;
    // Not shown: the name of a measurement.
    if (await sendDraft()) measureSince('Show the answer to a message', pressedAt);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape' && !event.nativeEvent.isComposing && stopSuggesting(currentId)) {
      event.preventDefault();
      return;
    }
    if (copyAbove(event) || recall(event)) {
      event.preventDefault();
      return;
    }
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    // A held key sends only once, even if sending fails at once and restores the text.
    if (!event.repeat) void submit(event.timeStamp);
  }

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    void submit(event.timeStamp);
    field.current?.focus();
  }

  return (
    <div ref={dock} className={styles['dock']}>
      <form
        className={styles['composer']}
        onSubmit={onSubmit}
        onMouseDown={(event) => isPressOnNothing(event.target) && event.preventDefault()}
      >
        <SuggestionPanel />
        <ReferenceStrip onRemoved={() => field.current?.focus()} />
        <ChosenStyles
          styles={chosenStyles}
          models={models}
          problem={ofStyles}
          asked={{ text, mode, aspectRatio, isPattern: size.isPattern, references }}
          onRemoved={() => field.current?.focus()}
        />
        <textarea
          // A new field for each conversation, so that neither Undo nor a composition continues in another draft.
          key={currentId}
          ref={field}
          {...focusHome}
          className={styles['field']}
          data-focus-home
          aria-label={t('composer.message')}
          placeholder={hint}
          rows={1}
          aria-invalid={tooLong !== null || size.problem !== null || undefined}
          aria-describedby={
            [
              tooLong !== null && problemId,
              size.problem !== null && sizeProblemId,
              needing !== null && needsPictureId,
            ]
              .filter((id) => id !== false)
              .join(' ') || undefined
          }
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
        {tooLong !== null && (
          <p className={styles['problem']} id={problemId} role="alert">
            {t(text.length > maxDraftLength ? 'composer.too_long_to_keep' : 'composer.too_long', {
              problem: tooLong,
            })}
          </p>
        )}
        {needing && <NeedsPicture id={needsPictureId} model={needing} />}
        <ComposerNote size={size} models={models} aspectRatio={shape.wanted} problemId={sizeProblemId} />
        <div ref={bar} className={styles['bar']}>
          <div className={styles['tools']}>
            <AddPictures focusField={focusField} />
            <ImproveButton />
            {canTalk && <PictureOnly />}
            <ShapeChip shape={shape} onClose={focusField} />
            <OptionsChip onClose={focusField} />
            <StylesChip hidden={hidden} chosen={chosenStyles} onClose={focusField} />
          </div>
          <div className={styles['rest']}>
            <ModelChip hidden={hidden} keyLack={keyLack} onClose={focusField} />
            {keyLack === null && usageMeter({ count, aspectRatio, hidesPrice: size.words !== null })}
            <SendAndStop
              isDisabled={isEmpty || !isWhole || size.problem !== null || lacksPicture}
              onStopped={focusField}
            />
          </div>
        </div>
      </form>
    </div>
  );
}

/** Returns the placeholder text: after a picture, it explains how to change it. */
function useHint(canTalk: boolean, models: readonly ChosenModel[]): string {
  const mode = useDraft((state) => state.mode);
  const isChange = useDraft((state) => state.references.length > 0);
  const hasPicture = useChat(({ order, messages }) =>
    order.some((id) => {
      const message = messages[id];
      return message?.kind === 'image' && isThere(message);
    }),
  );
  if (isChange) return t('composer.hint_change');
  const isPictureOnly = mode === 'picture' || !canTalk;
  if (!hasPicture) return t(mode === 'picture' ? 'composer.hint_picture' : 'composer.hint');
  if (!isPictureOnly) return t('composer.hint_go_on');
  const takesPicture = models.every(({ serviceId, model }) => maxReferencesOf(serviceId, model) > 0);
  return t(takesPicture ? 'composer.hint_go_on_picture' : 'composer.hint_next_picture');
}
