// Tracks which window has which chat. A chat is open in at most one window, so that there is only one draft and one
// transcript.

export function createOpenChats<Window>() {
  const owners = new Map<string, Window>();

  function release(window: Window): void {
    for (const [chatId, owner] of owners) if (owner === window) owners.delete(chatId);
  }

  return {
    ownerOf: (chatId: string): Window | undefined => owners.get(chatId),
    /** Returns the chats of all windows but one. */
    ofOthers: (window: Window): string[] =>
      [...owners].flatMap(([chatId, owner]) => (owner === window ? [] : chatId)),
    /**
     * Adds a chat to a window, unless another window has it.
     *
     * @returns the window that has it now.
     */
    claim(window: Window, chatId: string): Window {
      const owner = owners.get(chatId) ?? window;
      owners.set(chatId, owner);
      return owner;
    },
    /** Moves a chat to a window, regardless of which one had it. */
    move(window: Window, chatId: string): void {
      owners.set(chatId, window);
    },
    /** Reduces a window's chats to these, without those that another window has. */
    keepOnly(window: Window, chatIds: readonly string[]): void {
      release(window);
      for (const chatId of chatIds) if (!owners.has(chatId)) owners.set(chatId, window);
    },
    release,
  };
}
