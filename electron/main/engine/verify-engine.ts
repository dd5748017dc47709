// Hashes an installed engine again before it is executed for the first time in a run of the app.
import type { EngineItemId } from '../../../shared/domain/engine-catalogue';
import type { Downloader } from './downloader-process';
import type { EngineItems } from './engine-items';

/** Returns a function that says whether every file of an engine is as it was when it was installed. */
export function createVerifyEngine(items: EngineItems, { hash }: Pick<Downloader, 'hash'>) {
  const verified = new Map<EngineItemId, Promise<boolean>>();

  async function compare(id: EngineItemId): Promise<boolean> {
    const engine = items.engines().find((item) => item.id === id);
    if (!engine) return false;
    const hashes = await hash(engine.files.map((file) => items.pathOf(engine, file)));
    if (!hashes.ok) return false;
    return engine.files.every(({ sha256 }, index) => sha256 !== null && hashes.value[index] === sha256);
  }

  return {
    /** One that failed is compared again the next time: the disk may have been away. */
    async verify(id: EngineItemId): Promise<boolean> {
      const running = verified.get(id) ?? compare(id);
      verified.set(id, running);
      const isRight = await running;
      if (!isRight) verified.delete(id);
      return isRight;
    },
    /** Forgets an item that is removed: another one may get its id. */
    forget: (id: EngineItemId): void => void verified.delete(id),
  };
}
