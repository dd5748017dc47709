// Handles pictures that cannot be shown: lets the main process check the file, and loads it again once if damaged small
// versions were recreated.
import type { Repair } from '../../../shared/contract/pictures';
import { type PictureState, pictureOfUrl } from '../../../shared/domain/pictures';
import { request } from '../../ipc';

/** Pending requests by picture, so that a picture that is shown several times is checked once. */
const asked = new Map<string, Promise<Repair>>();
/** The last answers by picture. */
const known = new Map<string, Repair>();

async function ask(imageId: string): Promise<Repair> {
  const reply = await request('images:repair', { imageId });
  const repair = reply.ok ? reply.value : 'failed';
  known.set(imageId, repair);
  asked.delete(imageId);
  return repair;
}

/**
 * Intercepts the error of every `img` whose picture may be repaired, and loads it again after the repair. The image's own
 * listener gets the error only if that did not help.
 */
export function repairPictures(): void {
  const tries = new WeakMap<HTMLImageElement, { url: string; isAnswered: boolean }>();

  async function repair(image: HTMLImageElement, url: string, imageId: string): Promise<void> {
    const current = { url, isAnswered: false };
    tries.set(image, current);
    const answer = asked.get(imageId) ?? ask(imageId);
    asked.set(imageId, answer);
    const found = await answer;
    current.isAnswered = true;
    // The image may show another picture by now.
    if (image.getAttribute('src') !== url) return;
    if (found === 'repaired') image.src = url;
    else image.dispatchEvent(new Event('error'));
  }

  document.addEventListener(
    'error',
    (event) => {
      const { target } = event;
      if (!(target instanceof HTMLImageElement)) return;
      const url = target.getAttribute('src') ?? '';
      const imageId = pictureOfUrl(url);
      const last = tries.get(target);
      if (imageId === null || (last?.url === url && last.isAnswered)) return;
      event.stopImmediatePropagation();
      if (last?.url !== url) void repair(target, url, imageId);
    },
    { capture: true },
  );
}

/** Reports an image that cannot be decoded, as the browser does for one that cannot be loaded. */
export function reportBroken(image: HTMLImageElement): void {
  const isLoaded = image.complete && image.naturalWidth > 0;
  if (isLoaded && image.isConnected) image.dispatchEvent(new Event('error'));
}

/** Returns the state of the file of a picture that cannot be shown; undefined if unknown. */
export function stateOfBroken(imageId: string): PictureState | undefined {
  const repair = known.get(imageId);
  if (repair === undefined || repair === 'failed') return undefined;
  return repair === 'missing' ? 'missing' : 'damaged';
}
