// The least that an Electron program can be: one window with one word. The start-up bench compares with it.

import { app, BrowserWindow } from 'electron';

app.setPath('userData', process.env.AFTERIMAGE_DATA_DIR);
// Not awaited here: Electron is ready only once this module has ended.
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 860, show: false });
  window.once('ready-to-show', () => window.show());
  return window.loadURL('data:text/html,<title>Empty</title><p>Empty</p>');
});
app.on('window-all-closed', () => app.quit());
