// The bridge between the screen and the main process: request(), on(), and offer() for files that were dropped.
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { AfterimageBridge } from '../../shared/contract';

// Written out, since importing the contract would bring its schemas into every page.
const requestChannel: typeof import('../../shared/contract').requestChannel = 'afterimage:request';
const eventChannel: typeof import('../../shared/contract').eventChannel = 'afterimage:event';
const offerChannel: typeof import('../../shared/contract').offerChannel = 'afterimage:offer';

const bridge: AfterimageBridge<File> = {
  request: (name, input) => ipcRenderer.invoke(requestChannel, name, input),
  on(name, listener) {
    const receive = (_event: unknown, eventName: unknown, payload: Parameters<typeof listener>[0]) => {
      if (eventName === name) listener(payload);
    };
    ipcRenderer.on(eventChannel, receive);
    return () => {
      ipcRenderer.off(eventChannel, receive);
    };
  },
  // A path comes only from a file that the system handed to the page: one made by a script has none.
  offer(files) {
    const paths = files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== '');
    return ipcRenderer.invoke(offerChannel, paths);
  },
};

// One for each event that the page listens to: more than Node takes for a leak.
ipcRenderer.setMaxListeners(100);

contextBridge.exposeInMainWorld('afterimage', bridge);
