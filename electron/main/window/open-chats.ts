// Which window has which chat: a chat is open in one window at most, so that its draft and its transcript are one.

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
     * Gives a chat to a window, in addition to those that it has, unless another one has it.
     *
     * @returns the window that has it now.
     */
    claim(window: Window, chatId: string): Window {
      const owner = owners.get(chatId) ?? window;
      owners.set(chatId, owner);
      return owner;
    },
    /** Gives a chat to a window, whichever had it. */
    move(window: Window, chatId: string): void {
      owners.set(chatId, window);
    },
    /** Leaves a window with these chats, without those that another window has. */
    keepOnly(window: Window, chatIds: readonly string[]): void {
      release(window);
      for (const chatId of chatIds) if (!owners.has(chatId)) owners.set(chatId, window);
    },
    release,
  };
}
