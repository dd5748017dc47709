// The frame: the sidebar, and the view that is on screen.
import styles from './App.module.css';
import { ChatView } from './chat/ChatView';
import { AboutPanel } from './desktop/AboutPanel';
import { LinkedPicture } from './desktop/LinkedPicture';
import { DiagnosticsView } from './diagnostics/DiagnosticsView';
import { ExportPanel } from './gallery/export/ExportPanel';
import { GalleryView } from './gallery/GalleryView';
import { DropOverlay } from './import/DropOverlay';
import { ImportPanel } from './import/ImportPanel';
import { useView } from './navigation';
import { SettingsView } from './settings/SettingsView';
import { useSettings } from './settings/settings-store';
import { useShortcuts } from './shortcuts';
import { Sidebar } from './sidebar/Sidebar';
import { TrashView } from './trash/TrashView';
import { useFirstPaint } from './ui/AfterPaint';
import { Guard } from './ui/Guard';
import { Toasts } from './ui/Toasts';
import { ViewFailed } from './ui/ViewFailed';

export function App() {
  const view = useView((state) => state.view);
  const sidebar = useSettings((state) => state.settings.sidebar);
  useShortcuts();
  useFirstPaint();
  return (
    <div className={styles['frame']} data-sidebar={sidebar}>
      <Sidebar />
      <div className={styles['view']}>
        {/* The chat stays: pictures go on landing in it, and it is as it was when the person comes back. */}
        <Guard instead={view === 'chat' && <ViewFailed />}>
          <ChatView hidden={view !== 'chat'} />
        </Guard>
        <Guard key={view} instead={<ViewFailed />}>
          {view === 'gallery' && <GalleryView />}
          {view === 'settings' && <SettingsView />}
          {view === 'diagnostics' && <DiagnosticsView />}
          {view === 'trash' && <TrashView />}
        </Guard>
      </div>
      <ImportPanel />
      <DropOverlay />
      <ExportPanel />
      <LinkedPicture />
      <AboutPanel />
      <Toasts />
    </div>
  );
}
