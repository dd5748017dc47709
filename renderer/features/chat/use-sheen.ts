// The sheen of placeholders: it crosses all visible ones at the same time, and rests in between.
import { type RefObject, useEffect } from 'react';
import { createSheenClock } from './sheen-clock';

/** Time from the start of one sweep to the next (ms). Nothing is drawn in between. */
const periodMs = 7200;

/** From one edge of the box to the other. */
const sweep: Keyframe[] = [{ transform: 'translateX(-100%)' }, { transform: 'translateX(100cqw)' }];
/** Fifteen steps a second look smooth for such a soft light, and cost a quarter of sixty without a GPU. */
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
  // Observes the box, because the light moves within it.
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

/** Moves a light through its box, on the compositor only. It rests with reduced motion, and while it is not visible. */
export function useSheen(light: RefObject<Element | null>): void {
  useEffect(() => (light.current ? add(light.current) : undefined), [light]);
}
