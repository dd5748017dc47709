// A minimal Electron app, one window with one word, for comparison in the start-up benchmark.

import { app, BrowserWindow } from 'electron';

app.setPath('userData', process.env.AFTERIMAGE_DATA_DIR);
// Not awaited at the top level: Electron becomes ready only after this module has run.
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 860, show: false });
  window.once('ready-to-show', () => window.show());
  return window.loadURL('data:text/html,<title>Empty</title><p>Empty</p>');
});
app.on('window-all-closed', () => app.quit());
