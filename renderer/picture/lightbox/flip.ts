// Animates a picture between its tile and the lightbox (FLIP). Under reduced motion it appears without animation.

const timing: KeyframeAnimationOptions = { duration: 240, easing: 'cubic-bezier(0.2, 0, 0, 1)' };

/** Returns the box of a picture's tile, in the gallery or in Trash, or of its place in the chat; null if it is not on screen. */
export function tileBox(imageId: string): DOMRect | null {
  const tile =
    document.querySelector(`[role="grid"] [data-image-id="${imageId}"]`) ??
    document.querySelector(`[role="log"] [data-picture-id="${imageId}"]`) ??
    document.querySelector(`[data-trash-id="${imageId}"] [data-tile]`);
  const box = tile?.getBoundingClientRect();
  return box && box.width > 0 && box.bottom > 0 && box.top < innerHeight ? box : null;
}

/** Animates an element from or to a box on screen. Resolves when the animation has ended. */
export async function animateFlip(
  element: Element,
  box: DOMRect | null,
  direction: 'from' | 'to',
): Promise<void> {
  if (!box || window.matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const now = element.getBoundingClientRect();
  const scale = Math.max(box.width / now.width, box.height / now.height);
  const x = box.left + box.width / 2 - now.left - now.width / 2;
  const y = box.top + box.height / 2 - now.top - now.height / 2;
  // Accounts for the part that a tile crops from a very long picture.
  const [cutX, cutY] = [(now.width - box.width / scale) / 2, (now.height - box.height / scale) / 2];
  const { transform } = getComputedStyle(element);
  const base = transform === 'none' ? '' : transform;
  const away = {
    transform: `translate(${x}px, ${y}px) ${base} scale(${scale})`,
    clipPath: `inset(${Math.max(0, cutY)}px ${Math.max(0, cutX)}px round 8px)`,
  };
  const here = { transform: base || 'none', clipPath: 'inset(0px 0px round 8px)' };
  const frames = direction === 'from' ? [away, here] : [here, away];
  await element
    .animate(frames, { ...timing, fill: direction === 'to' ? 'forwards' : 'none' })
    .finished.catch(() => {});
}
