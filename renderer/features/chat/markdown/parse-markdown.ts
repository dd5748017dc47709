// Parses GitHub's Markdown into mdast, with definitions from elsewhere in the same answer.
import type { Node, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { literalMaths } from './literal-maths';

const options = { extensions: [gfm(), literalMaths], mdastExtensions: [gfmFromMarkdown()] };

/** Offsets in the source. */
export type Range = { start: number; end: number };

export type ParsedMarkdown = { nodes: RootContent[]; rangeOf: (node: Node) => Range };

/**
 * @param labels of links and footnotes that are defined outside of `source`. The parser treats `[label]` as a reference
 *   only if it knows the label.
 */
export function parseMarkdown(source: string, labels: readonly string[] = []): ParsedMarkdown {
  const definitions = labels.map((label) => `[${label}]: ${label.startsWith('^') ? '-' : '<>'}\n\n`).join('');
  // The comment ends the last footnote: an indented first line would continue it.
  const prefix = definitions && `${definitions}<!---->\n\n`;
  const { children } = fromMarkdown(prefix + source, options);
  const rangeOf = ({ position }: Node): Range => ({
    start: (position?.start.offset ?? 0) - prefix.length,
    end: (position?.end.offset ?? 0) - prefix.length,
  });
  return { nodes: children.filter((node) => rangeOf(node).start >= 0), rangeOf };
}

/** Labels are compared without regard to case and spaces: https://spec.commonmark.org/0.31.2/#matches */
export function normalizeLabel(label: string): string {
  return label.replace(/\s+/g, ' ').trim().toLowerCase().toUpperCase();
}
