// Creates the windows, and schedules work for when the first of them is visible.
import path from 'node:path';
import type { BrowserWindow, WebContents } from 'electron';
import type { WindowPlace } from '../../../shared/domain/windows';
import { whenFirst, whenPainted, whenReadyToShow } from '../window/when-ready-to-show';
import { createWindows, type WindowsOptions } from '../window/windows';
import { createEvent } from './event';
import { pageUrl } from './page-url';

/** Creates the windows but opens none. Serve the page before calling `openFirst`. */
export function startWindows(options: Pick<WindowsOptions, 'dataFolder' | 'onFailure' | 'onChats'>) {
  const windowOpened = createEvent<BrowserWindow>();
  const firstWindowChanged = createEvent<WindowPlace>();
  const painted = createEvent<WebContents>();
  const windows = createWindows({
    ...options,
    address: pageUrl(),
    preload: path.join(import.meta.dirname, '../preload/index.cjs'),
    onOpen: windowOpened.emit,
    onFirst: firstWindowChanged.emit,
  });

  function openFirst() {
    const firstWindow = windows.openFirst();
    return {
      firstWindow,
      /** Runs work once a window has painted its page. */
      afterFirstPaint: (work: () => void): void =>
        whenFirst(firstWindow, windowOpened.on, (window, run) => whenPainted(window, painted.on, run), work),
      /** Runs work once a window can be shown. */
      whenFirstShows: (work: () => void): void =>
        whenFirst(firstWindow, windowOpened.on, whenReadyToShow, work),
    };
  }

  return { windows, openFirst, windowOpened, firstWindowChanged, onPainted: painted.emit };
}
