// The entry of the main process.
import { app } from 'electron';
import { runApp } from './boot/run-app';
import { sendMessage } from './chat/send-message';

// As root Chromium starts only with --no-sandbox, and enableSandbox() would undo that switch.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();

runApp({ createSend: (context) => (input) => sendMessage(context, input) });
