// The suggestions of text models for the draft of each conversation, as far as this window has met them.
import { create } from 'zustand';
import type { SuggestionEvents } from '../../../shared/contract/suggestions';
import type { Suggestion } from '../../../shared/domain/suggestions';
import { request } from '../../ipc';

type SuggestionsState = {
  /** Those that the user is not done with, by conversation, the oldest first. */
  open: Readonly<Record<string, readonly Suggestion[]>>;
  /** Counts the requests to move the focus to what can be done with a suggestion. */
  focused: number;
  load: (conversationId: string, isNew: boolean) => Promise<void>;
  receive: (suggestion: Suggestion) => void;
  receiveText: (event: SuggestionEvents['suggestion:text']) => void;
  /** Shows a text as the user has changed it. */
  setText: (suggestion: Suggestion, text: string) => void;
  focus: () => void;
};

export const useSuggestions = create<SuggestionsState>()((set, get) => ({
  open: {},
  focused: 0,

  async load(conversationId, isNew) {
    const reply = await request('suggestions:list', { conversationId, isNew });
    // Without them the draft is as it was. The next opening of the conversation reads them again.
    if (!reply.ok) return;
    for (const suggestion of reply.value) get().receive(suggestion);
  },

  receive(suggestion) {
    const { id, conversationId, isClosed } = suggestion;
    const others = (get().open[conversationId] ?? []).filter((known) => known.id !== id);
    const all = isClosed ? others : [...others, suggestion].toSorted((a, b) => (a.id < b.id ? -1 : 1));
    set(({ open }) => ({ open: { ...open, [conversationId]: all } }));
  },

  receiveText({ id, conversationId, text }) {
    const known = get().open[conversationId]?.find((suggestion) => suggestion.id === id);
    if (known?.status === 'running') get().receive({ ...known, text });
  },

  setText(suggestion, text) {
    get().receive({ ...suggestion, text });
  },

  focus() {
    set(({ focused }) => ({ focused: focused + 1 }));
  },
}));

const none: readonly Suggestion[] = [];

/** Returns the open suggestions of a conversation, the oldest first. */
export function suggestionsOf(
  { open }: Pick<SuggestionsState, 'open'>,
  conversationId: string,
): readonly Suggestion[] {
  return open[conversationId] ?? none;
}
