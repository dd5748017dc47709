// A suggestion beside the draft that it would replace, with the differences marked, and its actions.

import { ChevronLeft, ChevronRight, Pencil, Square } from 'lucide-react';
import {
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { maxTextLength } from '../../../../shared/domain/conversations';
import { labelOfModel } from '../../../../shared/domain/model-lookup';
import { missingParts } from '../../../../shared/domain/protect-patterns';
import { isUsable, type Suggestion } from '../../../../shared/domain/suggestions';
import { lengthProblem } from '../../../../shared/domain/text-length';
import { t } from '../../../../shared/languages/translate';
import { useChat } from '../../../state/chat/chat-store';
import { useDraft } from '../../../state/composer/draft-store';
import {
  acceptIntoEmptyDraft,
  acceptSuggestion,
  declineSuggestion,
  editSuggestion,
  stopSuggestion,
  suggestAgain,
} from '../../../state/composer/suggestion-actions';
import { suggestionsOf, useSuggestions } from '../../../state/composer/suggestions-store';
import { useSettings } from '../../../state/settings/settings-store';
import { Button } from '../../../ui/Button';
import { formatCost, formatList } from '../../../ui/format';
import { IconButton } from '../../../ui/IconButton';
import { shortcutText } from '../../../ui/shortcut';
import { Comparison } from './Comparison';
import styles from './SuggestionPanel.module.css';
import { SuggestionProblem } from './SuggestionProblem';

/** Shows the suggestions of the open conversation, newest first. Renders nothing if there are none. */
export function SuggestionPanel() {
  const conversationId = useDraft((state) => state.conversationId);
  const suggestions = useSuggestions((state) => suggestionsOf(state, conversationId));
  const [chosen, setChosen] = useState<string | null>(null);

  useEffect(() => {
    const { isNewChat } = useChat.getState();
    const { load } = useSuggestions.getState();
    void load(conversationId, isNewChat).then(() => {
      const [only, ...others] = suggestionsOf(useSuggestions.getState(), conversationId);
      if (only && others.length === 0) acceptIntoEmptyDraft(only);
    });
  }, [conversationId]);

  const newest = suggestions.at(-1);
  const running = suggestions.findLast(({ status }) => status === 'running');
  const runningId = running?.id ?? null;

  useEffect(() => {
    // A running suggestion is the one that the user requested last.
    if (runningId !== null) setChosen(null);
  }, [runningId]);

  const shown = running ?? suggestions.find(({ id }) => id === chosen) ?? newest;
  if (!shown) return null;
  return <Panel key={shown.id} suggestion={shown} all={suggestions} onChoose={(id) => setChosen(id)} />;
}

type Props = { suggestion: Suggestion; all: readonly Suggestion[]; onChoose: (id: string) => void };

function Panel({ suggestion, all, onChoose }: Props) {
  const { id, kind, status, text, error } = suggestion;
  const draftText = useDraft((state) => state.text);
  const [isEditing, setEditing] = useState(false);
  const titleId = useId();
  const panel = useRef<HTMLElement>(null);
  useFocus(panel);
  const isRunning = status === 'running';

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
    // In the dialog with the details of a failure, the key closes only that.
    if (event.target instanceof Element && event.target.closest('dialog')) return;
    event.preventDefault();
    event.stopPropagation();
    if (isRunning) void stopSuggestion(id);
    else if (isEditing) setEditing(false);
    else void declineSuggestion(suggestion);
  }

  return (
    <section
      ref={panel}
      className={styles['panel']}
      aria-labelledby={titleId}
      aria-busy={isRunning}
      onKeyDown={onKeyDown}
    >
      <div className={styles['head']}>
        <h2 id={titleId}>{t(kind === 'improve' ? 'composer.rewrite' : 'composer.description')}</h2>
        <p className={styles['facts']}>{factsOf(suggestion)}</p>
        {all.length > 1 && !isRunning && <Steps id={id} all={all} onChoose={onChoose} />}
      </div>
      <p className="visually-hidden" role="status">
        {t(
          isRunning
            ? 'composer.suggesting'
            : error
              ? 'composer.suggestion_failed'
              : 'composer.suggestion_ready',
        )}
      </p>
      {isRunning ? (
        <Arriving suggestion={suggestion} />
      ) : (
        <>
          {error && <SuggestionProblem suggestion={suggestion} error={error} />}
          {isUsable(suggestion) && (
            <Comparison
              before={draftText}
              after={text}
              isEditing={isEditing}
              onEdit={(changed) => void editSuggestion(suggestion, changed)}
            />
          )}
          <Notes suggestion={suggestion} draftText={draftText} />
          <div className={styles['buttons']}>
            {isUsable(suggestion) && (
              <Button tone="primary" data-suggestion-action onClick={() => void acceptSuggestion(suggestion)}>
                {t('composer.use_suggestion')}
              </Button>
            )}
            <Button
              {...(!isUsable(suggestion) && { 'data-suggestion-action': true })}
              disabled={kind === 'improve' && draftText.trim() === ''}
              onClick={() => void suggestAgain(suggestion)}
            >
              {t('composer.suggest_again')}
            </Button>
            <Button onClick={() => void declineSuggestion(suggestion)}>{t('composer.keep_draft')}</Button>
            {isUsable(suggestion) && (
              <IconButton
                icon={Pencil}
                label={t('composer.edit_suggestion')}
                aria-pressed={isEditing}
                size={16}
                onClick={() => setEditing(!isEditing)}
              />
            )}
          </div>
        </>
      )}
    </section>
  );
}

/** Moves the focus to the first action when the shortcut is pressed. */
function useFocus(panel: RefObject<HTMLElement | null>): void {
  const focused = useSuggestions((state) => state.focused);
  const handled = useRef(focused);
  useLayoutEffect(() => {
    if (handled.current === focused) return;
    handled.current = focused;
    panel.current?.querySelector<HTMLElement>('[data-suggestion-action]')?.focus();
  }, [focused, panel]);
}

function Arriving({ suggestion: { id, text } }: { suggestion: Suggestion }) {
  return (
    <>
      <p className={styles['arriving']} dir="auto">
        {text === '' ? <span className={styles['waiting']}>{t('chat.one_moment')}</span> : text}
      </p>
      <div className={styles['buttons']}>
        <Button
          data-suggestion-action
          title={t('picture.action_and_keys', { action: t('chat.stop'), keys: shortcutText('Escape') })}
          onClick={() => void stopSuggestion(id)}
        >
          <Square size={12} strokeWidth={2} aria-hidden />
          {t('chat.stop')}
        </Button>
      </div>
    </>
  );
}

/** Warnings about replacing the draft. */
function Notes({ suggestion, draftText }: { suggestion: Suggestion; draftText: string }) {
  const lists = useSettings((state) => state.settings.wordLists);
  const { kind, original, text } = suggestion;
  if (!isUsable(suggestion)) return null;
  const missing = kind === 'improve' ? missingParts(text, original, lists) : [];
  const isChanged = kind === 'improve' && original !== draftText;
  const tooLong = lengthProblem(text, maxTextLength);
  return (
    <>
      {tooLong !== null && (
        <p className={styles['problem']} role="alert">
          {t('settings.text_too_long', { problem: tooLong })}
        </p>
      )}
      {(missing.length > 0 || isChanged) && (
        <div className={styles['notes']} role="status">
          {isChanged && <p>{t('composer.draft_has_changed')}</p>}
          {missing.length > 0 && <p>{t('composer.suggestion_lacks', { parts: formatList(missing) })}</p>}
        </div>
      )}
    </>
  );
}

function Steps({ id, all, onChoose }: { id: string } & Pick<Props, 'all' | 'onChoose'>) {
  const at = all.findIndex((suggestion) => suggestion.id === id);
  const step = (by: number) => {
    const next = all[at + by];
    if (next) onChoose(next.id);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would add a border and a legend.
    <div role="group" aria-label={t('composer.suggestions')} className={styles['steps']}>
      <IconButton
        icon={ChevronLeft}
        label={t('composer.previous_suggestion')}
        size={16}
        aria-disabled={at === 0}
        onClick={() => step(-1)}
      />
      <span>{t('composer.suggestion_of', { number: at + 1, count: all.length })}</span>
      <IconButton
        icon={ChevronRight}
        label={t('composer.next_suggestion')}
        size={16}
        aria-disabled={at === all.length - 1}
        onClick={() => step(1)}
      />
    </div>
  );
}

function factsOf({ status, model, costMicroUsd }: Suggestion): string {
  const cost = costMicroUsd === null ? t('chat.cost_unknown') : formatCost(costMicroUsd);
  return status === 'running' ? labelOfModel(model) : `${labelOfModel(model)} · ${cost}`;
}
