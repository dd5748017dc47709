// The suggestions of text models for the conversations that this window has opened.
import { create } from 'zustand';
import type { SuggestionEvents } from '../../../shared/contract/suggestions';
import type { Suggestion } from '../../../shared/domain/suggestions';
import { request } from '../../ipc';

type SuggestionsState = {
  /** The open suggestions by conversation, oldest first. */
  open: Readonly<Record<string, readonly Suggestion[]>>;
  /** Number of requests to move the focus to the actions of a suggestion. */
  focused: number;
  load: (conversationId: string, isNew: boolean) => Promise<void>;
  receive: (suggestion: Suggestion) => void;
  receiveText: (event: SuggestionEvents['suggestion:text']) => void;
  /** Sets the text that the user has edited. */
  setText: (suggestion: Suggestion, text: string) => void;
  focus: () => void;
};

export const useSuggestions = create<SuggestionsState>()((set, get) => ({
  open: {},
  focused: 0,

  async load(conversationId, isNew) {
    const reply = await request('suggestions:list', { conversationId, isNew });
    // A failure is not reported, because the next opening of the conversation reads the suggestions again.
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

/** Returns the open suggestions of a conversation, oldest first. */
export function suggestionsOf(
  { open }: Pick<SuggestionsState, 'open'>,
  conversationId: string,
): readonly Suggestion[] {
  return open[conversationId] ?? none;
}
