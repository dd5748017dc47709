// Keeps the focus near its place when the focused element is removed, hidden or disabled. By default the focus would be lost,
// and the next Tab would start at the top of the page.

const focusable =
  ':is(a[href], button, input, select, textarea, summary, [tabindex="0"]):not(:disabled, [type="hidden"])';

/** Elements that get the focus on a press, including labels, which pass it on. */
const takesFocus = `:is(${focusable}, [tabindex], label, [contenteditable], :popover-open)`;

/** Returns whether a press on the target neither moves the focus nor starts a selection. */
export function isPressOnNothing(target: EventTarget | null): boolean {
  if (!(target instanceof Element) || target.closest(takesFocus)) return false;
  return getComputedStyle(target).userSelect === 'none';
}

/** Marks the element that gets the focus in a view when nothing nearer can. */
export const focusHome = { 'data-focus-home': '' } as const;

/** Watches the whole page. Code that moves the focus itself when it removes an element takes precedence. */
export function keepFocus(): void {
  keepFocusOfPanels();
  let focused: Element | null = null;
  let before: Element | null = null;
  /** The place of the element that lost the focus; null if none did. */
  let lostIn: Node | null = null;
  document.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof Element) || target === focused) return;
    before = focused;
    focused = target;
  });
  const observer = new MutationObserver((records) => {
    const gone = focused;
    if (!gone || !isLost(gone, records)) return;
    const record = records.find(({ removedNodes }) => [...removedNodes].some((node) => node.contains(gone)));
    if (record && document.activeElement === document.body) {
      const next = nextInList(record, gone) ?? (isNotice(record) ? before : null);
      if (next instanceof HTMLElement && next.isConnected) return next.focus({ preventScroll: true });
    }
    const isWaiting = lostIn !== null;
    lostIn ??= record?.target ?? (gone.isConnected ? gone : document.body);
    if (isWaiting) return;
    // Hiding an element removes its focus in the next frame, and effects may move the focus until then.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        const place = lostIn;
        lostIn = null;
        if (document.activeElement === document.body && focused) focusNear(place, focused);
      }),
    );
  });
  observer.observe(document.body, {
    ...{ childList: true, subtree: true },
    attributeFilter: ['hidden', 'inert', 'disabled', 'open', 'tabindex'],
  });
}

/**
 * A press outside an open panel closes it. If the press does not focus another element, the panel restores the focus, which
 * the platform must not remove afterwards.
 */
function keepFocusOfPanels(): void {
  let wasInPanel = false;
  const noteFocus = () => {
    const panels = [...document.querySelectorAll(':popover-open')];
    wasInPanel = panels.some((panel) => panel.contains(document.activeElement));
  };
  document.addEventListener('pointerdown', noteFocus, { capture: true });
  document.addEventListener('mousedown', (event) => {
    const isOnNothing = event.target instanceof Element && event.target.closest(takesFocus) === null;
    if (wasInPanel && isOnNothing) event.preventDefault();
  });
}

/**
 * Returns whether an element has lost the focus, or will lose it in the next frame. Calculates styles only if an attribute
 * has changed: the page changes for each picture that arrives, and calculating them each time would delay it.
 */
function isLost(element: Element, records: readonly MutationRecord[]): boolean {
  if (!element.isConnected) return true;
  const attributes = records.filter(({ type }) => type === 'attributes');
  if (attributes.length === 0) return false;
  return attributes.some((record) => takesFocusFrom(record, element)) || !canHaveFocus(element);
}

/** Returns whether a change makes an existing element unfocusable. */
function takesFocusFrom({ target, attributeName }: MutationRecord, element: Element): boolean {
  return attributeName === 'tabindex' && target === element && !element.hasAttribute('tabindex');
}

function canHaveFocus(element: Element): boolean {
  return element.checkVisibility() && element.closest('[inert]') === null && !element.matches(':disabled');
}

/**
 * Focuses an element near a place, or else the one that is marked with `focusHome`.
 *
 * @param gone the element that had the focus.
 */
function focusNear(place: Node | null, gone: Element): void {
  const element = place instanceof Element ? place : place?.parentElement;
  const near = element?.closest('article, figure, [role="toolbar"]');
  const region = near?.isConnected ? near : null;
  const dialog = [...document.querySelectorAll('dialog[open]')].at(-1);
  const next =
    (region && (!dialog || dialog.contains(region)) ? firstIn(region) : null) ?? (dialog && firstIn(dialog));
  if (next) next.focus({ preventScroll: true });
  else focusScreen(gone);
}

function focusScreen(gone: Element): void {
  const view = [...document.querySelectorAll('main')].find(canHaveFocus);
  if (!view) return;
  const left = gone.closest('main');
  const home = [...view.querySelectorAll<HTMLElement>('[data-focus-home]')].find(canHaveFocus);
  // A different view is focused at its beginning.
  if (home && (left === null || left === view)) home.focus({ preventScroll: true });
  else focusView(view);
}

function firstIn(region: Element): HTMLElement | null {
  return [...region.querySelectorAll<HTMLElement>(focusable)].find(canHaveFocus) ?? null;
}

/** Focuses a view, so that the next Tab leads to its first control. A click beside the controls never focuses it. */
function focusView(view: HTMLElement): void {
  view.tabIndex = -1;
  view.focus({ preventScroll: true });
  view.addEventListener('blur', () => view.removeAttribute('tabindex'), { once: true });
}

/** Returns the element in the place of a removed list item, or else the one before or after it. */
function nextInList(record: MutationRecord, gone: Element): Element | null {
  const { target, previousSibling, removedNodes } = record;
  const isItem = [...removedNodes].some(
    (node) => node instanceof Element && node.contains(gone) && node.matches('li, ul, ol, details, figure'),
  );
  if (!isItem || !(target instanceof Element)) return null;
  const region = target.closest('dialog, [popover], nav, main') ?? document.body;
  const all = [...region.querySelectorAll(focusable)].filter((element) => element.checkVisibility());
  const isAfter = (element: Element) =>
    previousSibling?.isConnected
      ? isFollowing(previousSibling, element) && !previousSibling.contains(element)
      : target.contains(element) || isFollowing(target, element);
  const inList = all.filter((element) => target.contains(element));
  const neighbour = previousSibling instanceof Element ? firstOf(previousSibling) : null;
  return inList.find(isAfter) ?? neighbour ?? all.find(isAfter) ?? all.at(-1) ?? null;
}

/** Returns an element if it can be focused, or else its first focusable descendant. */
function firstOf(element: Element): Element | null {
  return element.matches(focusable) ? element : element.querySelector(focusable);
}

function isFollowing(node: Node, other: Node): boolean {
  return (node.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}

function isNotice({ target }: MutationRecord): boolean {
  return target instanceof Element && target.matches('[role="status"]');
}
