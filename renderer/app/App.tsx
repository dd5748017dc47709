// The app's frame: the sidebar, the current view, and all overlays. Assembles the features.
import { useEffect } from 'react';
import { ChatView } from '../features/chat/ChatView';
import { ModelChip } from '../features/chat/models/ModelChip';
import { ModelChoice } from '../features/chat/models/ModelChoice';
import { LinkedPicture } from '../features/desktop/LinkedPicture';
import { useLinkedPicture } from '../features/desktop/linked-picture-store';
import { EngineChip } from '../features/engine/EngineChip';
import { CollectionList } from '../features/gallery/collections/CollectionList';
import { ExportPanel } from '../features/gallery/export/ExportPanel';
import { DropOverlay } from '../features/import/DropOverlay';
import { ImportButton } from '../features/import/ImportButton';
import { ImportFolderDialog } from '../features/import/ImportFolderDialog';
import { ImportPanel } from '../features/import/ImportPanel';
import { useImport } from '../features/import/import-store';
import { isUnderWay } from '../features/import/import-text';
import { WatchedFolders } from '../features/import/WatchedFolders';
import { WatchFolderDialog } from '../features/import/WatchFolderDialog';
import { ProxyLogin } from '../features/network/ProxyLogin';
import { Notices } from '../features/notices/Notices';
import { Sidebar } from '../features/sidebar/Sidebar';
import { UpdateNotice } from '../features/updates/UpdateNotice';
import { UsageMeter } from '../features/usage/UsageMeter';
import { useView, type View } from '../state/navigation';
import { useViewState } from '../state/view-state';
import { AfterPaint, useFirstPaint } from '../ui/AfterPaint';
import { ErrorBoundary } from '../ui/ErrorBoundary';
import { FocusTooltip } from '../ui/FocusTooltip';
import { Toasts } from '../ui/Toasts';
import { useToasts } from '../ui/toasts';
import { ViewFailed } from '../ui/ViewFailed';
import styles from './App.module.css';
import { watchHistory } from './history/view-history';
import {
  AboutPanel,
  ConnectSheet,
  CostsSection,
  DiagnosticsView,
  Editor,
  EmptyTrash,
  EnginePage,
  EngineStorage,
  GalleryView,
  LimitsSection,
  PictureOverlays,
  SettingsView,
  ShortcutSheet,
  ThisComputerCard,
  ThisComputerSection,
  TrashView,
  UpdateSection,
} from './late-features';
import { Palette } from './palette/Palette';
import { showInGallery } from './show-in-gallery';
import { useMouseButtons } from './use-mouse-buttons';
import { useShortcuts } from './use-shortcuts';
import { useWindowTitle } from './use-window-title';

export function App() {
  const view = useView((state) => state.view);
  const sidebar = useViewState(({ viewState }) => viewState.sidebar);
  const isSidebarOver = useViewState((state) => state.sidebarOver !== null);
  const closeSidebarOver = useViewState((state) => state.closeSidebarOver);
  useShortcuts();
  useMouseButtons();
  useEffect(watchHistory, []);
  useWindowTitle();
  useFirstPaint();
  useEffect(() => useToasts.getState().enterView(view), [view]);
  return (
    <div className={styles['frame']} data-sidebar={sidebar}>
      <Sidebar collections={<CollectionList />} activity={(isOpen) => <EngineChip isOpen={isOpen} />} />
      {/* On release: on a press, the browser would remove the focus that closing has restored. */}
      {isSidebarOver && <div className={styles['scrim']} onPointerUp={closeSidebarOver} aria-hidden />}
      <div className={styles['strips']} inert={isSidebarOver}>
        <ExportPanel />
        <ImportPanel />
      </div>
      <div className={styles['view']} inert={isSidebarOver}>
        {/* The chat stays mounted: pictures continue to arrive in it, and it keeps its place. */}
        <ErrorBoundary fallback={view === 'chat' && <ViewFailed />}>
          <ChatView
            hidden={view !== 'chat'}
            notices={
              <>
                <Notices />
                <UpdateNotice />
              </>
            }
            usageMeter={(pictures) => <UsageMeter {...pictures} />}
          />
        </ErrorBoundary>
        <ErrorBoundary key={view} fallback={<ViewFailed />}>
          <OtherView view={view} />
        </ErrorBoundary>
      </div>
      <DropOverlay />
      {/* Not loaded later: text typed after its shortcut would go to the composer. */}
      <Palette />
      <AfterPaint>
        <ErrorBoundary fallback={null}>
          <LinkedPicture />
          <PictureOverlays onMade={(imageId) => useLinkedPicture.getState().show(imageId)} />
          <Editor
            modelChip={(props) => <ModelChip hidden isForOne {...props} />}
            usageMeter={(pictures) => <UsageMeter {...pictures} hidesPrice={false} />}
            onMade={(imageId) => useLinkedPicture.getState().show(imageId)}
          />
          <ImportFolderDialog />
          <WatchFolderDialog />
          <AboutPanel />
          {/* Before the sheet, which it may open. */}
          <ModelChoice />
          <ConnectSheet
            thisComputer={{
              card: (onChoose) => <ThisComputerCard onChoose={onChoose} />,
              page: (props) => <EnginePage {...props} />,
            }}
          />
          <ProxyLogin />
          <ShortcutSheet />
        </ErrorBoundary>
      </AfterPaint>
      <Toasts />
      <FocusTooltip />
    </div>
  );
}

function Gallery() {
  const isImporting = useImport(({ progress }) => progress !== null && isUnderWay(progress));
  return <GalleryView importButton={<ImportButton />} isImporting={isImporting} />;
}

function OtherView({ view }: { view: View }) {
  switch (view) {
    case 'chat':
      return null;
    case 'gallery':
      return <Gallery />;
    case 'settings':
      return (
        <SettingsView
          limits={<LimitsSection />}
          costs={<CostsSection />}
          updates={<UpdateSection />}
          thisComputer={<ThisComputerSection />}
          engineStorage={(props) => <EngineStorage {...props} />}
          emptyTrash={(props) => <EmptyTrash {...props} />}
          watchedFolders={<WatchedFolders />}
        />
      );
    case 'diagnostics':
      return <DiagnosticsView />;
    case 'trash':
      return <TrashView onShow={(imageId) => void showInGallery(imageId)} />;
  }
}
