// Handles pictures that cannot be shown: asks the main process to check the file, and retries once if its damaged
// small versions were recreated.
import type { Repair } from '../../../shared/contract/pictures';
import { type PictureState, pictureOfUrl } from '../../../shared/domain/pictures';
import { request } from '../../ipc';

/** By picture. An image that is shown several times asks once. */
const asked = new Map<string, Promise<Repair>>();
/** By picture: what the last answer said. */
const known = new Map<string, Repair>();

async function ask(imageId: string): Promise<Repair> {
  const reply = await request('images:repair', { imageId });
  const repair = reply.ok ? reply.value : 'failed';
  known.set(imageId, repair);
  asked.delete(imageId);
  return repair;
}

/**
 * Holds back the error of every `img` whose picture may be repaired, and loads it again then. The image's own listener hears
 * of it only if that did not help.
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
    // It may show another picture by now.
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

/** Has an image that cannot be decoded treated like one that cannot be loaded, of which the browser tells by itself. */
export function reportBroken(image: HTMLImageElement): void {
  const isLoaded = image.complete && image.naturalWidth > 0;
  if (isLoaded && image.isConnected) image.dispatchEvent(new Event('error'));
}

/** Returns what the file of a picture is that cannot be shown; undefined if that is not known. */
export function stateOfBroken(imageId: string): PictureState | undefined {
  const repair = known.get(imageId);
  if (repair === undefined || repair === 'failed') return undefined;
  return repair === 'missing' ? 'missing' : 'damaged';
}
