// The sheen of what waits: it crosses every visible placeholder at once, and rests in between.
import { type RefObject, useEffect } from 'react';
import { createSheenClock } from './sheen-clock';

/** From the start of one sweep to the next one (ms). While it rests, nothing is drawn. */
const periodMs = 7200;

/** From one edge of the box to the other. Nothing is drawn for a light that is not in sight. */
const sweep: Keyframe[] = [{ transform: 'translateX(-100%)' }, { transform: 'translateX(100cqw)' }];
/** Fifteen steps a second look smooth in so soft a light, and cost a quarter of sixty where no GPU helps. */
const timing: KeyframeAnimationOptions = { duration: 1400, easing: 'steps(21)' };

const lights = new Set<Element>();
let visible: IntersectionObserver | undefined;
const onScreen = new Set<Element>();

const clock = createSheenClock(document, periodMs, () => {
  for (const each of lights) if (onScreen.has(each.parentElement ?? each)) start(each);
});

function start(light: Element): void {
  const isStill = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  if (!isStill && document.visibilityState === 'visible') light.animate(sweep, timing);
}

function add(light: Element): () => void {
  lights.add(light);
  // The box does not move; the light moves in it.
  const box = light.parentElement ?? light;
  visible ??= new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) onScreen.add(target);
      else onScreen.delete(target);
    }
  });
  visible.observe(box);
  clock.start();
  start(light);
  return () => {
    lights.delete(light);
    visible?.unobserve(box);
    onScreen.delete(box);
    if (lights.size === 0) clock.stop();
  };
}

/** Moves a light through its box, on the compositor alone. Still under reduced motion, and while nobody sees it. */
export function useSheen(light: RefObject<Element | null>): void {
  useEffect(() => (light.current ? add(light.current) : undefined), [light]);
}
