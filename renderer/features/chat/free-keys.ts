// Which key presses nothing nearer in the chat has a use for.

/**
 * Returns whether a press belongs to the chat as a whole: menus, panels and dialogs have keys of their own, as does what is
 * beside the chat.
 */
export function isFreeFor(view: HTMLElement, target: EventTarget | null): boolean {
  return document.querySelector(':popover-open') === null && isAboveAll(view, target);
}

/** Returns whether a press is in a choice of an open panel, such as "How many". Letters have no meaning there. */
export function isInChoice(view: HTMLElement, target: EventTarget | null): boolean {
  if (!(target instanceof HTMLInputElement) || (target.type !== 'radio' && target.type !== 'checkbox'))
    return false;
  return target.closest(':popover-open') !== null && isAboveAll(view, target);
}

function isAboveAll(view: HTMLElement, target: EventTarget | null): boolean {
  if (document.querySelector('dialog[open]') !== null) return false;
  if (view.hidden || view.closest('[inert]') !== null) return false;
  return target === document.body || (target instanceof Node && view.contains(target));
}
