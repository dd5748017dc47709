// The last choice of models. The next new chat starts with it; other chats keep theirs.
import { type DraftChoices, isEmptyDraft } from '../../../shared/domain/draft';
import type { AspectRatio } from '../../../shared/domain/models';
import { useChat } from '../chat/chat-store';
import { useSettings } from '../settings/settings-store';
import { draftIn, useDraft } from './draft-store';

/** What a new chat takes from the last choice. */
type LastChoice = Partial<Pick<DraftChoices, 'model' | 'aspectRatio'>>;

/** Chooses for the open chat, and for the new chat as long as nothing is written there. */
export function chooseForChat(choice: LastChoice): void {
  const { change, conversationId } = useDraft.getState();
  // Another picture is followed again, whatever was chosen for this one.
  change(choice.aspectRatio === undefined ? choice : { ...choice, followsPicture: false });
  const { newChatId } = useChat.getState();
  if (newChatId !== conversationId && isUnwritten(newChatId)) beginWith(newChatId, choice);
}

/** Returns the shape of the open chat without an attached picture: the one that was chosen for it, or that of the settings. */
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

/** Returns the chats whose model is that which the user puts in use elsewhere: the open one, and the new one. */
export function chatsUsingDefault(): string[] {
  const { conversationId } = useDraft.getState();
  const { newChatId } = useChat.getState();
  return newChatId !== conversationId && isUnwritten(newChatId)
    ? [conversationId, newChatId]
    : [conversationId];
}

/** Another model takes the place of several. */
function beginWith(conversationId: string, choice: LastChoice): void {
  useDraft
    .getState()
    .changeIn(conversationId, choice.model === undefined ? choice : { models: [], ...choice });
}

function isUnwritten(conversationId: string): boolean {
  const draft = draftIn(useDraft.getState(), conversationId);
  return draft === undefined || isEmptyDraft(draft);
}
