// Answers the native dialogs for files and folders, which Playwright cannot click.
import type { Running } from './launch';

/** Chooses a path in every dialog that opens from now on. */
export async function choosePath({ electron }: Pick<Running, 'electron'>, target: string): Promise<void> {
  await electron.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen });
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, target);
}
