// The keys of the tab in which the user marks a part of the picture.
import type { KeyboardEvent } from 'react';
import { keyOf, matchesShortcut } from '../../ui/shortcut';
import { isTyping } from '../../ui/text-undo';
import type { Painter } from './mask/painter';
import { type Tool, toolFacts, tools } from './tools';

type Keys = {
  painter: Painter;
  apply: () => void;
  setTool: (tool: Tool) => void;
  stepBrush: (steps: number) => void;
  zoomByKey: (key: string) => boolean;
};

/** @returns whether the key was handled. */
export function handleKey(event: KeyboardEvent, keys: Keys): boolean {
  const { painter, apply, setTool, stepBrush, zoomByKey } = keys;
  const press = event.nativeEvent;
  if (matchesShortcut(press, 'Mod+Enter')) {
    if (!event.repeat) apply();
    return true;
  }
  // A text field has its own undo.
  if (isTyping(event.target)) return false;
  if (matchesShortcut(press, 'Mod+Z')) painter.undo();
  else if (matchesShortcut(press, 'Mod+Shift+Z') || matchesShortcut(press, 'Mod+Y')) painter.redo();
  else if (event.ctrlKey || event.metaKey || event.altKey) return false;
  else if (press.key === '[' || press.key === ']') stepBrush(press.key === '[' ? -1 : 1);
  else if (event.repeat && keyOf(press).length === 1 && !'+-='.includes(press.key)) return false;
  else {
    const tool = tools.find((each) => matchesShortcut(press, toolFacts[each].key));
    if (tool) setTool(tool);
    else if (matchesShortcut(press, 'I')) painter.invert();
    // A slider handles the arrow keys itself.
    else if (event.target instanceof HTMLInputElement) return false;
    else return zoomByKey(press.key);
  }
  return true;
}
