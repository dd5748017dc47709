// The frame: the sidebar, and the view that is on screen.

import { ChatView } from '../features/chat/ChatView';
import { AboutPanel } from '../features/desktop/AboutPanel';
import { LinkedPicture } from '../features/desktop/LinkedPicture';
import { DiagnosticsView } from '../features/diagnostics/DiagnosticsView';
import { ExportPanel } from '../features/gallery/export/ExportPanel';
import { GalleryView } from '../features/gallery/GalleryView';
import { DropOverlay } from '../features/import/DropOverlay';
import { ImportPanel } from '../features/import/ImportPanel';
import { SettingsView } from '../features/settings/SettingsView';
import { Sidebar } from '../features/sidebar/Sidebar';
import { TrashView } from '../features/trash/TrashView';
import { useView } from '../state/navigation';
import { useViewState } from '../state/view-state';
import { useFirstPaint } from '../ui/AfterPaint';
import { Guard } from '../ui/ErrorBoundary';
import { Toasts } from '../ui/Toasts';
import { ViewFailed } from '../ui/ViewFailed';
import styles from './App.module.css';
import { useShortcuts } from './use-shortcuts';

export function App() {
  const view = useView((state) => state.view);
  const sidebar = useViewState(({ viewState }) => viewState.sidebar);
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
