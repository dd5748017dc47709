// A picture's way from its tile to its large self and back. Under reduced motion it is simply there.

const flight: KeyframeAnimationOptions = { duration: 240, easing: 'cubic-bezier(0.2, 0, 0, 1)' };

/** @returns where a picture's tile is on screen; null where it is not. */
export function tileBox(imageId: string): DOMRect | null {
  const tile = document.querySelector(`[role="grid"] [data-image-id="${imageId}"]`);
  const box = tile?.getBoundingClientRect();
  return box && box.bottom > 0 && box.top < innerHeight ? box : null;
}

/** Lets an element come from a box of the screen, or go to it. Resolves when it has arrived. */
export async function fly(element: Element, box: DOMRect | null, way: 'from' | 'to'): Promise<void> {
  if (!box || window.matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const now = element.getBoundingClientRect();
  const scale = Math.max(box.width / now.width, box.height / now.height);
  const x = box.left + box.width / 2 - now.left - now.width / 2;
  const y = box.top + box.height / 2 - now.top - now.height / 2;
  // A tile may show less of a very long picture than there is.
  const [cutX, cutY] = [(now.width - box.width / scale) / 2, (now.height - box.height / scale) / 2];
  const { transform } = getComputedStyle(element);
  const base = transform === 'none' ? '' : transform;
  const away = {
    transform: `translate(${x}px, ${y}px) ${base} scale(${scale})`,
    clipPath: `inset(${Math.max(0, cutY)}px ${Math.max(0, cutX)}px round 8px)`,
  };
  const here = { transform: base || 'none', clipPath: 'inset(0px 0px round 8px)' };
  const frames = way === 'from' ? [away, here] : [here, away];
  await element
    .animate(frames, { ...flight, fill: way === 'to' ? 'forwards' : 'none' })
    .finished.catch(() => {});
}
