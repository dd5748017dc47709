// The action of each command, and when it is available. Names and shortcuts are in shared/domain/commands.ts.
import {
  Activity,
  AppWindow,
  ArrowLeft,
  ArrowRight,
  Cpu,
  FolderInput,
  Images,
  ImageUp,
  Info,
  Keyboard,
  type LucideIcon,
  MessageCircle,
  MonitorCog,
  MonitorDown,
  Moon,
  PanelLeft,
  Pencil,
  Pin,
  PinOff,
  Plug,
  Plus,
  Redo2,
  Search,
  Settings as SettingsIcon,
  Sun,
  SwatchBook,
  TextSearch,
  Trash2,
  Undo2,
  WandSparkles,
} from 'lucide-react';
import type { CommandId } from '../../../shared/domain/commands';
import type { Conversation } from '../../../shared/domain/conversations';
import type { Settings } from '../../../shared/domain/settings';
import { chooseToImport } from '../../features/import/import-files';
import { useChatList } from '../../features/sidebar/chat-list-store';
import { useAbout } from '../../state/about-store';
import { useChat } from '../../state/chat/chat-store';
import { openWholeGallery } from '../../state/collections/whole-gallery';
import { useDraft } from '../../state/composer/draft-store';
import { improveDraft } from '../../state/composer/suggestion-actions';
import { useConnect } from '../../state/connect-store';
import { isThisComputerOffered, startThisComputer } from '../../state/engine/this-computer';
import { openModelList } from '../../state/models/model-list-request';
import { showView } from '../../state/navigation';
import { usePalette } from '../../state/palette-store';
import { openSettings } from '../../state/settings/open-settings';
import { useSettings } from '../../state/settings/settings-store';
import { useStyleEditor } from '../../state/styles/style-editor';
import { openStyleList } from '../../state/styles/style-list-request';
import { useViewState } from '../../state/view-state';
import { openInNewWindow } from '../../state/windows';
import { closeDialogs, hasUnfinishedDialog } from '../../ui/dialogs';
import { isNarrow } from '../../ui/narrow';
import { canGo, go } from '../history/view-history';
import { newestRedo, newestStep, redo, undo } from './undo-step';
import { whenRendered } from './when-rendered';

export type Command = {
  icon: LucideIcon;
  /** `view` opens a view, `action` does something, `hidden` is not in the palette. */
  group: 'view' | 'action' | 'hidden';
  /** Returns whether it can run now. Absent: always. */
  isOffered?: () => boolean;
  /** Whether it navigates to a place that open dialogs would cover, so that they close first. */
  leads?: true;
  run: () => void;
};

const view = (icon: LucideIcon, name: Parameters<typeof showView>[0]): Command => ({
  icon,
  group: 'view',
  leads: true,
  run: () => showView(name),
});

const theme = (icon: LucideIcon, value: Settings['theme']): Command => ({
  icon,
  group: 'action',
  isOffered: () => useSettings.getState().settings.theme !== value,
  run: () => void useSettings.getState().change({ theme: value }),
});

/** Back or forward. */
const step = (icon: LucideIcon, by: 1 | -1): Command => ({
  icon,
  group: 'action',
  leads: true,
  isOffered: () => canGo(by),
  run: () => void go(by),
});

/** A command on the conversation that is open. */
const onChat = (
  icon: LucideIcon,
  run: (conversation: Conversation) => void,
  isOffered: (conversation: Conversation) => boolean = () => true,
): Command => ({
  icon,
  group: 'action',
  isOffered() {
    const conversation = openConversation();
    return conversation !== undefined && isOffered(conversation);
  },
  run() {
    const conversation = openConversation();
    if (conversation) run(conversation);
  },
});

export const commandList: Record<CommandId, Command> = {
  palette: { icon: Search, group: 'hidden', run: () => usePalette.getState().open() },
  undo: {
    icon: Undo2,
    group: 'action',
    isOffered: () => newestStep() !== undefined,
    run: undo,
  },
  redo: {
    icon: Redo2,
    group: 'action',
    isOffered: () => newestRedo() !== undefined,
    run: redo,
  },
  back: step(ArrowLeft, -1),
  forward: step(ArrowRight, 1),
  'new-chat': {
    icon: Plus,
    group: 'action',
    leads: true,
    run() {
      useChat.getState().newChat();
      showView('chat');
    },
  },
  'new-window': {
    icon: AppWindow,
    group: 'action',
    run: () => void openInNewWindow({ kind: 'new-chat' }),
  },
  'chat-window': onChat(AppWindow, ({ id }) => void openInNewWindow({ kind: 'chat', conversationId: id })),
  'gallery-window': {
    icon: AppWindow,
    group: 'action',
    run: () => void openInNewWindow({ kind: 'gallery' }),
  },
  'search-chats': {
    icon: TextSearch,
    group: 'action',
    leads: true,
    run() {
      showChatList();
      whenRendered('[data-search="conversations"]', (field) => field.focus());
    },
  },
  'search-pictures': {
    icon: Search,
    group: 'action',
    leads: true,
    run() {
      showView('gallery');
      whenRendered('[data-search="pictures"]', (field) => field.focus());
    },
  },
  'rename-chat': {
    ...onChat(Pencil, ({ id }) => {
      showChatList();
      useChatList.getState().rename(id);
    }),
    leads: true,
  },
  'pin-chat': onChat(
    Pin,
    ({ id }) => void useChat.getState().pin(id, true),
    ({ pinned }) => !pinned,
  ),
  'unpin-chat': onChat(
    PinOff,
    ({ id }) => void useChat.getState().pin(id, false),
    ({ pinned }) => pinned,
  ),
  'delete-chat': onChat(Trash2, ({ id }) => void useChat.getState().remove(id)),
  import: { icon: ImageUp, group: 'action', run: () => void chooseToImport('pictures') },
  'import-folder': {
    icon: FolderInput,
    group: 'action',
    run: () => void chooseToImport('folder'),
  },
  'improve-prompt': {
    icon: WandSparkles,
    group: 'action',
    leads: true,
    isOffered: () => useDraft.getState().text.trim() !== '',
    run: () => void improveDraft(),
  },
  'choose-model': { icon: Cpu, group: 'action', leads: true, run: openModelList },
  'choose-styles': { icon: SwatchBook, group: 'action', leads: true, run: openStyleList },
  'new-style': { icon: SwatchBook, group: 'action', run: () => useStyleEditor.getState().create() },
  'manage-styles': {
    icon: SwatchBook,
    group: 'action',
    leads: true,
    run: () => openSettings('styles'),
  },
  'connect-model': { icon: Plug, group: 'action', run: () => useConnect.getState().open() },
  'use-this-computer': {
    icon: MonitorDown,
    group: 'action',
    isOffered: isThisComputerOffered,
    run: () => startThisComputer(),
  },
  'toggle-sidebar': {
    icon: PanelLeft,
    group: 'action',
    run: () => void useViewState.getState().toggleSidebar(),
  },
  'theme-light': theme(Sun, 'light'),
  'theme-dark': theme(Moon, 'dark'),
  'theme-system': theme(MonitorCog, 'system'),
  shortcuts: { icon: Keyboard, group: 'action', run: () => usePalette.getState().showSheet(true) },
  about: { icon: Info, group: 'action', run: () => void useAbout.getState().open() },
  chat: view(MessageCircle, 'chat'),
  gallery: {
    ...view(Images, 'gallery'),
    run: openWholeGallery,
  },
  settings: view(SettingsIcon, 'settings'),
  diagnostics: view(Activity, 'diagnostics'),
  trash: view(Trash2, 'trash'),
};

/** Shows the list of chats: beside the chat, or over the view where the sidebar is a rail. */
function showChatList(): void {
  const { viewState, showChatsOver } = useViewState.getState();
  if (isNarrow() || viewState.sidebar === 'closed') showChatsOver();
  else showView('chat');
}

/** Runs a command if it can run now. @returns whether it could. */
export function runCommand(id: CommandId): boolean {
  const { isOffered, leads, run } = commandList[id];
  // Undo and redo show a notice if there is no step.
  if (id !== 'undo' && id !== 'redo' && isOffered && !isOffered()) return false;
  if (id === 'palette' && hasUnfinishedDialog()) return false;
  if (leads && !closeDialogs()) return false;
  run();
  return true;
}

/** Returns the open conversation; undefined for a new chat, which is not stored yet. */
function openConversation(): Conversation | undefined {
  const { conversations, currentId } = useChat.getState();
  return conversations.find(({ id }) => id === currentId);
}
