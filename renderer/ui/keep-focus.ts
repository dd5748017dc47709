// Keeps the focus near its place when what has it is removed. The platform would leave it nowhere, and the next Tab would
// start at the top of the page.

const focusable =
  ':is(a[href], button, input, select, textarea, summary, [tabindex="0"]):not(:disabled, [type="hidden"])';

/** Watches the whole page. Whatever moves the focus itself when it removes something goes first. */
export function keepFocus(): void {
  let focused: Element | null = null;
  let before: Element | null = null;
  document.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof Element) || target === focused) return;
    before = focused;
    focused = target;
  });
  const observer = new MutationObserver((records) => {
    if (!focused || focused.isConnected || document.activeElement !== document.body) return;
    const gone = focused;
    const record = records.find(({ removedNodes }) => [...removedNodes].some((node) => node.contains(gone)));
    const next = record && (nextInList(record, gone) ?? (isNotice(record) ? before : null));
    if (next instanceof HTMLElement && next.isConnected) next.focus({ preventScroll: true });
  });
  observer.observe(document.body, { childList: true, subtree: true });
}

/** Returns what took the place of a removed list item, or else what is before or after it. */
function nextInList(record: MutationRecord, gone: Element): Element | null {
  const { target, previousSibling, removedNodes } = record;
  const isItem = [...removedNodes].some(
    (node) => node instanceof Element && node.contains(gone) && node.matches('li, ul, ol, details'),
  );
  if (!isItem || !(target instanceof Element)) return null;
  const region = target.closest('dialog, [popover], nav, main') ?? document.body;
  const all = [...region.querySelectorAll(focusable)].filter((element) => element.checkVisibility());
  const isAfter = (element: Element) =>
    previousSibling?.isConnected
      ? isFollowing(previousSibling, element) && !previousSibling.contains(element)
      : target.contains(element) || isFollowing(target, element);
  const inList = all.filter((element) => target.contains(element));
  const neighbour = previousSibling instanceof Element ? previousSibling.querySelector(focusable) : null;
  return inList.find(isAfter) ?? neighbour ?? all.find(isAfter) ?? all.at(-1) ?? null;
}

function isFollowing(node: Node, other: Node): boolean {
  return (node.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}

function isNotice({ target }: MutationRecord): boolean {
  return target instanceof Element && target.matches('[role="status"]');
}
