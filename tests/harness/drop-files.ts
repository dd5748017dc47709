// Drops files on the app through the browser, because files created by a script have no paths.
import { expect, type Page } from '@playwright/test';

const inTheWindow = { x: 400, y: 300 };

export type Drop = {
  /** Text of the overlay before the files are dropped. */
  says: string;
  /** Position at which the pointer enters (px). */
  at?: { x: number; y: number };
  /** Position of the drop, if a part of the window accepts files itself; there is no overlay then. */
  into?: { x: number; y: number };
};

/** @param files absolute paths of files and folders. */
export async function dropFiles(
  page: Page,
  files: string[],
  { says, at = inTheWindow, into }: Drop,
): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const drag = (type: 'dragEnter' | 'dragOver' | 'drop', point: { x: number; y: number }) =>
    session.send('Input.dispatchDragEvent', {
      ...{ type, ...point },
      data: { items: [], files, dragOperationsMask: 1 },
    });
  const frame = page.getByTestId('drop-overlay');
  await drag('dragEnter', at);
  // Repeats the event, as a system does while the pointer hovers, because a page that has just been opened may not
  // listen yet.
  await expect
    .poll(async () => {
      await drag('dragOver', at);
      return (await frame.allTextContents()).join();
    })
    .toContain(says);
  if (into) {
    await drag('dragOver', into);
    await expect(frame).toHaveCount(0);
  }
  await drag('drop', into ?? at);
  await session.detach();
}
