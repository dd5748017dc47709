// The clipboard for pictures, using the functions that the running version of Electron has.
import { readFile } from 'node:fs/promises';

/** Until Electron 43: takes a native image at once. */
type ImageClipboard<Image> = { writeImage: (image: Image) => void };

/** Since Electron 44, modelled after the web's: https://www.electronjs.org/docs/latest/api/clipboard */
type ItemClipboard<Item> = { write: (items: Item[]) => Promise<void> };

export type ClipboardOptions<Image extends { isEmpty: () => boolean }, Item> = {
  clipboard: Partial<ImageClipboard<Image> & ItemClipboard<Item>>;
  /** Decodes a PNG; an image that is empty could not be decoded. */
  createImage: (png: Buffer) => Image;
  createItem: (png: Blob) => Item;
};

/** Only what exists is called, so that the same build runs on every version. */
export function createPictureClipboard<Image extends { isEmpty: () => boolean }, Item>({
  clipboard: system,
  createImage,
  createItem,
}: ClipboardOptions<Image, Item>) {
  /** @param file absolute path of a PNG. @returns whether the clipboard has the picture. */
  return async (file: string): Promise<boolean> => {
    try {
      const png = await readFile(file);
      if (system.writeImage) {
        const image = createImage(png);
        if (image.isEmpty()) return false;
        system.writeImage(image);
        return true;
      }
      if (!system.write) return false;
      await system.write([createItem(new Blob([png], { type: 'image/png' }))]);
      return true;
    } catch (error) {
      console.error('A picture could not be put on the clipboard:', error);
      return false;
    }
  };
}
