// Renders mdast: https://github.com/syntax-tree/mdast
import type {
  AlignType,
  BlockContent,
  DefinitionContent,
  List,
  ListItem,
  Nodes,
  RootContent,
  Table,
} from 'mdast';
import { Fragment, type ReactNode, use } from 'react';
import { CodeBlock } from './CodeBlock';
import { FootnoteReference } from './FootnoteReference';
import { Link } from './Link';
import styles from './Markdown.module.css';
import { normalizeLabel } from './parse-markdown';
import { ReferencesContext } from './references-context';

/** Deeper content is shown as plain text, since React and Chromium recurse into it. */
const maxDepth = 60;

export function BlockNode({ node }: { node: RootContent }) {
  return render(node, 0);
}

export function ListItemNode({ node, isLoose }: { node: ListItem; isLoose: boolean }) {
  return renderItem(node, isLoose, 0);
}

function render(node: RootContent, depth: number): ReactNode {
  if (depth > maxDepth) return textIn(node);
  const inside = 'children' in node ? renderAll(node.children, depth + 1) : null;
  switch (node.type) {
    case 'text':
      return node.value;
    case 'paragraph':
      return <p>{inside}</p>;
    case 'heading': {
      const Heading = `h${node.depth}` as const;
      return <Heading>{inside}</Heading>;
    }
    case 'strong':
      return <strong>{inside}</strong>;
    case 'emphasis':
      return <em>{inside}</em>;
    case 'delete':
      return <del>{inside}</del>;
    case 'inlineCode':
      return <code>{node.value}</code>;
    case 'code':
      return (
        <CodeBlock>
          <code>{`${node.value}\n`}</code>
        </CodeBlock>
      );
    case 'blockquote':
      return <blockquote>{inside}</blockquote>;
    case 'list':
      return renderList(node, depth);
    case 'table':
      return renderTable(node, depth);
    case 'thematicBreak':
      return <hr />;
    case 'break':
      return <br />;
    case 'link':
      return <Link href={node.url}>{inside}</Link>;
    case 'linkReference':
      return <LinkReference identifier={node.identifier}>{inside}</LinkReference>;
    case 'footnoteReference':
      return <FootnoteReference identifier={node.identifier} />;
    // The page must not load remote pictures, so their descriptions replace them.
    case 'image':
    case 'imageReference':
      return <span>{node.alt}</span>;
    // Raw HTML is shown, never interpreted.
    case 'html':
      return <span className={styles['plain']}>{node.value}</span>;
    // Definitions are shown by their references, footnotes at the end.
    case 'definition':
    case 'footnoteDefinition':
    case 'yaml':
      return null;
    case 'listItem':
    case 'tableRow':
    case 'tableCell':
      return inside;
    default:
      return textIn(node);
  }
}

function renderAll(nodes: readonly RootContent[], depth: number): ReactNode {
  return nodes.map((node, index) => <Fragment key={index}>{render(node, depth)}</Fragment>);
}

function LinkReference({ identifier, children }: { identifier: string; children: ReactNode }) {
  const { definitions } = use(ReferencesContext);
  return <Link href={definitions.get(normalizeLabel(identifier))?.url}>{children}</Link>;
}

function renderList(list: List, depth: number): ReactNode {
  const isLoose = list.spread === true || list.children.some((item) => item.spread === true);
  const items = list.children.map((item, index) => (
    <Fragment key={index}>{renderItem(item, isLoose, depth + 1)}</Fragment>
  ));
  return list.ordered ? <ol start={list.start ?? 1}>{items}</ol> : <ul>{items}</ul>;
}

function renderItem({ children, checked }: ListItem, isLoose: boolean, depth: number): ReactNode {
  const box = typeof checked === 'boolean' && <input type="checkbox" checked={checked} disabled readOnly />;
  return (
    <li>
      {box}
      {box && ' '}
      {children.map((node, index) => (
        <Fragment key={index}>{renderInItem(node, isLoose, depth)}</Fragment>
      ))}
    </li>
  );
}

/** The paragraphs of a list without empty lines have no space around them. */
function renderInItem(node: BlockContent | DefinitionContent, isLoose: boolean, depth: number): ReactNode {
  return node.type === 'paragraph' && !isLoose
    ? renderAll(node.children, depth + 1)
    : render(node, depth + 1);
}

function renderTable({ children: [head, ...rows], align }: Table, depth: number): ReactNode {
  if (!head) return null;
  return (
    <div className={styles['table']}>
      <table>
        <thead>
          <tr>
            {head.children.map((cell, index) => (
              <th key={index} style={alignment(align, index)}>
                {renderAll(cell.children, depth + 1)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, rowIndex) => (
            <tr key={rowIndex}>
              {head.children.map((_, index) => (
                <td key={index} style={alignment(align, index)}>
                  {renderAll(row.children[index]?.children ?? [], depth + 1)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const alignment = (align: readonly AlignType[] | null | undefined, column: number) => ({
  textAlign: align?.[column] ?? undefined,
});

function textIn(node: Nodes): string {
  const texts: string[] = [];
  const open: Nodes[] = [node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if ('value' in next) texts.push(next.value);
    if ('children' in next) open.push(...next.children.toReversed());
  }
  return texts.join('');
}
