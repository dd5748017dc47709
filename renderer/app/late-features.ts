// The parts of the app that the first paint does not need: the other views, dialogs and overlays.
import { t } from '../../shared/languages/translate';
import { late } from '../ui/late';
import { toast } from '../ui/toasts';

export const DiagnosticsView = late(
  async () => (await import('../features/diagnostics/DiagnosticsView')).DiagnosticsView,
);
export const Editor = late(async () => (await import('../features/editor/Editor')).Editor);
export const EnginePage = late(async () => (await import('../features/engine/EnginePage')).EnginePage);
export const EngineStorage = late(
  async () => (await import('../features/engine/EngineStorage')).EngineStorage,
);
export const ThisComputerCard = late(
  async () => (await import('../features/engine/ThisComputerCard')).ThisComputerCard,
);
export const ThisComputerSection = late(
  async () => (await import('../features/engine/ThisComputerSection')).ThisComputerSection,
);
export const GalleryView = late(async () => (await import('../features/gallery/GalleryView')).GalleryView);
export const SettingsView = late(
  async () => (await import('../features/settings/SettingsView')).SettingsView,
);
export const EmptyTrash = late(async () => (await import('../features/trash/EmptyTrash')).EmptyTrash);
export const TrashView = late(async () => (await import('../features/trash/TrashView')).TrashView);
export const UpdateSection = late(
  async () => (await import('../features/updates/UpdateSection')).UpdateSection,
);
export const CostsSection = late(async () => (await import('../features/usage/CostsSection')).CostsSection);
export const LimitsSection = late(
  async () => (await import('../features/usage/LimitsSection')).LimitsSection,
);
export const ConnectSheet = late(async () => (await import('../features/connect/ConnectSheet')).ConnectSheet);
export const AboutPanel = late(async () => (await import('../features/desktop/AboutPanel')).AboutPanel);
export const PictureOverlays = late(async () => (await import('../picture/PictureOverlays')).PictureOverlays);
export const ShortcutSheet = late(async () => (await import('./commands/ShortcutSheet')).ShortcutSheet);

/** Loads all of them in advance. If one fails, a notice asks the user to restart the app. */
export async function loadLateFeatures(): Promise<void> {
  const all = [
    DiagnosticsView,
    Editor,
    EnginePage,
    EngineStorage,
    ThisComputerCard,
    ThisComputerSection,
    GalleryView,
    SettingsView,
    EmptyTrash,
    TrashView,
    UpdateSection,
    CostsSection,
    LimitsSection,
    ConnectSheet,
    AboutPanel,
    PictureOverlays,
    ShortcutSheet,
  ];
  try {
    await Promise.all(all.map((feature) => feature.load()));
  } catch (error) {
    // An update may have replaced the files of the running app.
    console.error('A part of the interface could not be loaded:', error);
    toast(t('ui.view_failed'), { tone: 'problem' });
  }
}
