// The interface's font: Inter, shipped with the app so that it looks the same on every system.
import '@fontsource-variable/inter/wght.css';

/** Resolves when the font is ready, so that text does not change after the first paint. On failure, the system font is used. */
export async function loadFont(): Promise<void> {
  await document.fonts.load("1em 'Inter Variable'").catch((error: unknown) => {
    console.error('The font could not be loaded:', error);
  });
}
