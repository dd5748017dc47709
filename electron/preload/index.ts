// The bridge between the screen and the main process: request() and on(), nothing else.
import { contextBridge, ipcRenderer } from 'electron';
import type { AfterimageBridge } from '../../shared/ipc';

// Written out, since importing the contract would bring its schemas into every page.
const requestChannel: typeof import('../../shared/ipc').requestChannel = 'afterimage:request';
const eventChannel: typeof import('../../shared/ipc').eventChannel = 'afterimage:event';

const bridge: AfterimageBridge = {
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
};

contextBridge.exposeInMainWorld('afterimage', bridge);
