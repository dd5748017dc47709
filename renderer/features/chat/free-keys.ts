// Recognises key presses that no control in the chat handles.

/**
 * Returns whether a press belongs to the chat as a whole. Menus, panels, dialogs, and areas outside the chat handle their own
 * keys.
 */
export function isFreeFor(view: HTMLElement, target: EventTarget | null): boolean {
  return document.querySelector(':popover-open') === null && isAboveAll(view, target);
}

/** Returns whether a press is on a radio button of an open panel, such as "How many", where letters do nothing. */
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
