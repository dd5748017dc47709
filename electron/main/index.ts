// The entry of the main process.
import { app, Menu } from 'electron';
import { runApp } from './boot/run-app';
import { sendMessage } from './chat/send-message';

// As root Chromium starts only with --no-sandbox, and enableSandbox() would undo that switch.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();

// Electron would build a menu while the window waits. The app's own replaces it: desktop/start-desktop.ts.
Menu.setApplicationMenu(null);

runApp({ createSend: (context) => (input) => sendMessage(context, input) });
