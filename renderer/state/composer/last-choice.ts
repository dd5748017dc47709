// The last choice of models. The next new chat starts with it; other chats keep theirs.
import { type DraftChoices, isEmptyDraft } from '../../../shared/domain/draft';
import type { AspectRatio } from '../../../shared/domain/models';
import { useChat } from '../chat/chat-store';
import { useSettings } from '../settings/settings-store';
import { draftIn, useDraft } from './draft-store';

/** The choices that a new chat starts with. */
type LastChoice = Partial<Pick<DraftChoices, 'model' | 'aspectRatio'>>;

/** Applies a choice to the open chat, and to the new chat while it is empty. */
export function chooseForChat(choice: LastChoice): void {
  const { change, conversationId } = useDraft.getState();
  // Only for the current picture: the shape follows the next attached one again.
  change(choice.aspectRatio === undefined ? choice : { ...choice, followsPicture: false });
  const { newChatId } = useChat.getState();
  if (newChatId !== conversationId && isUnwritten(newChatId)) beginWith(newChatId, choice);
}

/** Returns the shape of the open chat, ignoring attached pictures: the chosen one, or that of the settings. */
export function chosenShape(): AspectRatio {
  return useDraft.getState().aspectRatio ?? useSettings.getState().settings.aspectRatio;
}

/** As `chosenShape`, in a component. */
export function useChosenShape(): AspectRatio {
  const standard = useSettings((state) => state.settings.aspectRatio);
  return useDraft((state) => state.aspectRatio) ?? standard;
}

/** Gives each new chat the last choice, until the user changes the settings. */
export function passOnLastChoice(): void {
  useChat.subscribe(({ newChatId }, before) => {
    if (newChatId === before.newChatId || draftIn(useDraft.getState(), newChatId)) return;
    const { model = null, aspectRatio = null } = draftIn(useDraft.getState(), before.newChatId) ?? {};
    if (model !== null || aspectRatio !== null) beginWith(newChatId, { model, aspectRatio });
  });
  useSettings.subscribe(({ settings: { aspectRatio } }, { settings: before }) => {
    const { newChatId } = useChat.getState();
    if (aspectRatio !== before.aspectRatio && isUnwritten(newChatId))
      beginWith(newChatId, { aspectRatio: null });
  });
}

/** Returns the chats that get a model chosen elsewhere: the open one, and the new one while it is empty. */
export function chatsUsingDefault(): string[] {
  const { conversationId } = useDraft.getState();
  const { newChatId } = useChat.getState();
  return newChatId !== conversationId && isUnwritten(newChatId)
    ? [conversationId, newChatId]
    : [conversationId];
}

/** Sets the choices of a chat. A single model replaces several. */
function beginWith(conversationId: string, choice: LastChoice): void {
  useDraft
    .getState()
    .changeIn(conversationId, choice.model === undefined ? choice : { models: [], ...choice });
}

function isUnwritten(conversationId: string): boolean {
  const draft = draftIn(useDraft.getState(), conversationId);
  return draft === undefined || isEmptyDraft(draft);
}
