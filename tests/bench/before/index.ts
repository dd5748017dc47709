// The app as it is, but for one thing: a message is answered when all of the work is done.
import { app } from 'electron';
import { boot } from '../../../electron/main/boot/start';
import { sendAndWait } from './send-and-wait';

boot({ createSend: sendAndWait }).catch((error: unknown) => {
  console.error(error);
  app.exit(1);
});
