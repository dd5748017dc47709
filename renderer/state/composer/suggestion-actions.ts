// Requests suggestions from a text model, and puts them into the composer only on the user's request.

import type { RequestInput } from '../../../shared/contract';
import type { Failure } from '../../../shared/domain/errors';
import { circumstancesAt, failureActionLabel, failureButtons } from '../../../shared/domain/failure-actions';
import type { Service, ServiceId } from '../../../shared/domain/services';
import { isUsable, type Suggestion, type SuggestionKind } from '../../../shared/domain/suggestions';
import { chooseTextService, type TextService } from '../../../shared/domain/text-service';
import { t } from '../../../shared/languages/translate';
import { request } from '../../ipc';
import { toast } from '../../ui/toasts';
import { useChat } from '../chat/chat-store';
import { once } from '../chat/once';
import { useConnect, type Waiting } from '../connect-store';
import { showView } from '../navigation';
import { openLimit } from '../settings/open-settings';
import { keyLackOf, lacksKey } from '../settings/service-keys';
import { useServices } from '../settings/services-store';
import { chosenFields, chosenProvider } from './chosen-provider';
import { draftIn, useDraft } from './draft-store';
import { draftSaverOf } from './keep-draft';
import { focusComposer, replaceDraft } from './reuse-prompt';
import { suggestionsOf, useSuggestions } from './suggestions-store';

/** Returns the service that would be asked; null if no connected one can do this. */
export function textServiceFor(kind: SuggestionKind): TextService | null {
  return firstServiceFor(kind, lacksKey);
}

function firstServiceFor(kind: SuggestionKind, isLeftOut: (service: Service) => boolean): TextService | null {
  const { services } = useServices.getState();
  return chooseTextService(kind, {
    services,
    preferred: chosenProvider().id,
    lacksKey(id) {
      const service = services.find((known) => known.id === id);
      return service === undefined || isLeftOut(service);
    },
  });
}

/** Requests a rewrite of the draft. If there already is a suggestion, moves the focus to it. */
export async function improveDraft(): Promise<void> {
  // If the user does not connect a model, nothing changes.
  if (!textServiceFor('improve')) return connectFor('improve', () => void improveDraft());
  showView('chat');
  const { text, references, conversationId } = useDraft.getState();
  const waiting = suggestionsOf(useSuggestions.getState(), conversationId);
  if (waiting.some(({ status }) => status === 'running') || waiting.some(isUsable)) {
    useSuggestions.getState().focus();
    return;
  }
  if (text.trim() === '') return focusComposer();
  await ask({ conversationId, kind: 'improve', text, attached: references.length });
}

/**
 * Requests a description of a picture, for the composer of the open conversation.
 *
 * @param leave closes the view of the picture, once a model can be asked.
 */
export async function describePicture(imageId: string, leave?: () => void): Promise<void> {
  if (!textServiceFor('describe')) return connectFor('describe', () => void describePicture(imageId, leave));
  leave?.();
  showView('chat');
  const { conversationId } = useDraft.getState();
  await ask({ conversationId, kind: 'describe', imageId });
}

/** Requests the same suggestion again. The earlier one is kept. */
export async function suggestAgain({ kind, imageId, conversationId }: Suggestion): Promise<void> {
  const draft = draftIn(useDraft.getState(), conversationId);
  if (kind === 'describe' && imageId !== null) {
    await ask({ conversationId, kind, imageId });
  } else if (draft && draft.text.trim() !== '') {
    const { text, references } = draft;
    await ask({ conversationId, kind: 'improve', text, attached: references.length });
  }
}

/** A request without its id and its model. */
type SuggestionRequest = WithoutRequest<RequestInput<'suggestions:ask'>>;
type WithoutRequest<Input> = Input extends unknown ? Omit<Input, 'id' | 'model'> : never;

async function ask(wish: SuggestionRequest): Promise<void> {
  // Not shown: an intent.
  const problem = await once(`suggest ${JSON.stringify(wish)}`, async (id) => {
    const { model } = chosenFields();
    const reply = await request('suggestions:ask', { ...wish, id, ...(model && { model }) });
    if (!reply.ok) return reply;
    // It may have ended already.
    const known = suggestionsOf(useSuggestions.getState(), wish.conversationId);
    if (!known.some((suggestion) => suggestion.id === id)) useSuggestions.getState().receive(reply.value);
    await useSuggestions.getState().load(wish.conversationId, false);
    return null;
  });
  if (problem) showFailure(problem, () => void ask(wish));
}

/** Returns the request that asks for a suggestion again. */
export function waitingSuggestion(suggestion: Suggestion): Waiting {
  return { label: labelOf(suggestion.kind), send: () => void suggestAgain(suggestion) };
}

function labelOf(kind: SuggestionKind): string {
  return t(kind === 'describe' ? 'picture.describe' : 'composer.improve');
}

/**
 * Opens the sheet, for the service whose key is there but cannot be used, if that can do this. If the connected service has
 * no model for this, shows a notice instead of opening the sheet again.
 */
function connectFor(kind: SuggestionKind, run: () => void): void {
  const service = serviceToCheck(kind);
  function send(): void {
    if (textServiceFor(kind)) run();
    else
      toast(t(kind === 'describe' ? 'errors.no_seeing_model' : 'errors.no_text_model'), {
        tone: 'problem',
        action: { label: connectLabel(kind), run: () => connectFor(kind, run) },
      });
  }
  useConnect.getState().open({ ...(service && { service }), waiting: { label: labelOf(kind), send } });
}

/** Returns the service that could do this if its key were accepted, or allowed for its address. */
function serviceToCheck(kind: SuggestionKind): ServiceId | undefined {
  if (textServiceFor(kind)) return undefined;
  return firstServiceFor(kind, (service) => keyLackOf(service) === 'missing')?.serviceId;
}

function connectLabel(kind: SuggestionKind): string {
  return t(serviceToCheck(kind) === undefined ? 'models.connect' : 'composer.check_key');
}

/** Reports a failure from before the request was sent, with a button that helps. */
function showFailure({ code, message }: Failure, again: () => void): void {
  const [first] = failureButtons(code, { replacement: 'none', ...circumstancesAt(null) }).shown;
  const helps =
    code === 'no_text_model' || code === 'no_seeing_model'
      ? {
          label: connectLabel(code === 'no_seeing_model' ? 'describe' : 'improve'),
          run: () => connectFor(code === 'no_seeing_model' ? 'describe' : 'improve', again),
        }
      : first === 'raise-limit'
        ? { label: failureActionLabel(first), run: () => openLimit(code, null) }
        : { label: failureActionLabel('retry'), run: again };
  toast(message, { tone: 'problem', action: helps });
}

/** Stops the running suggestion of a conversation. @returns whether there was one. */
export function stopSuggesting(conversationId: string): boolean {
  const running = suggestionsOf(useSuggestions.getState(), conversationId).filter(
    ({ status }) => status === 'running',
  );
  for (const { id } of running) void stopSuggestion(id);
  return running.length > 0;
}

export async function stopSuggestion(id: string): Promise<void> {
  const reply = await request('suggestions:stop', { id });
  if (!reply.ok) toast(reply.message, { tone: 'problem' });
}

/** Saves the user's edit of a suggestion. */
export async function editSuggestion(suggestion: Suggestion, text: string): Promise<void> {
  useSuggestions.getState().setText(suggestion, text);
  const reply = await request('suggestions:edit', { id: suggestion.id, text });
  if (!reply.ok) toast(reply.message, { tone: 'problem' });
}

/** Replaces the draft's text by a suggestion. Undo restores the draft and the suggestion. */
export async function acceptSuggestion({ conversationId, text, kind }: Suggestion): Promise<void> {
  const closing = endedIn(conversationId);
  replaceDraft(() => useDraft.getState().changeIn(conversationId, { text }), {
    conversationId,
    notice: t(kind === 'improve' ? 'composer.rewrite_taken' : 'composer.description_taken'),
    onUndo: () => void close(closing, true),
  });
  focusComposer();
  // Closes the suggestion only after the draft is saved, so that a paid text is never lost.
  if (await draftSaverOf(conversationId).saved()) await close(closing, false);
}

/** Closes the suggestion without changing the draft. Undo reopens it. */
export async function declineSuggestion(suggestion: Suggestion): Promise<void> {
  const { conversationId } = suggestion;
  const closing = endedIn(conversationId);
  focusComposer();
  const hasText = suggestionsOf(useSuggestions.getState(), conversationId).some(isUsable);
  if (!(await close(closing, false)) || !hasText) return;
  toast(t('composer.suggestion_closed'), {
    undo: {
      run: () => close(closing, true),
      undone: t('composer.suggestion_back'),
      again: () => declineSuggestion(suggestion),
    },
  });
}

function endedIn(conversationId: string): string[] {
  return suggestionsOf(useSuggestions.getState(), conversationId)
    .filter(({ status }) => status !== 'running')
    .map(({ id }) => id);
}

async function close(ids: string[], isUndo: boolean): Promise<boolean> {
  const reply = await request('suggestions:close', { ids, isUndo });
  if (!reply.ok) toast(reply.message, { tone: 'problem' });
  return reply.ok;
}

/** Suggestions that were put into an empty draft automatically. This is not repeated after Undo. */
const acceptedAutomatically = new Set<string>();

/** Puts a description into an empty draft automatically, because it replaces nothing. */
export function acceptIntoEmptyDraft(suggestion: Suggestion): void {
  const { id, conversationId, kind, status } = suggestion;
  if (acceptedAutomatically.has(id)) return;
  if (kind !== 'describe' || status !== 'ready' || !isUsable(suggestion)) return;
  // Only the window that shows the chat does this.
  if (useChat.getState().currentId !== conversationId) return;
  const draft = draftIn(useDraft.getState(), conversationId);
  if (draft?.text.trim() !== '') return;
  acceptedAutomatically.add(id);
  void acceptSuggestion(suggestion);
}
