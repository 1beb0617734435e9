// The sources of the pages as trees, for the tests of their words.

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'svelte/compiler'

export const SRC = join(dirname(fileURLToPath(import.meta.url)), '..')

/** Every source but tests, bindings and the mock, from the folder of the pages. */
export const SOURCES = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(
  (file) => /\.(svelte|ts)$/.test(file) && !/\.(test|d)\.ts$|^(mock|bindings)\//.test(file),
)

export const sourceOf = (file: string) => readFileSync(join(SRC, file), 'utf8')

export interface Node {
  type: string
  [name: string]: unknown
}

/** A source as a tree: that of a component, or of a script. */
export function treeOf(file: string, source = sourceOf(file)): Node {
  const component = file.endsWith('.ts') ? `<script lang="ts">\n${source}\n</${'script'}>` : source
  return parse(component, { modern: true }) as unknown as Node
}

/** The nodes that a property holds: one, several, or none. */
export function nodes(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodes)
  return typeof value === 'object' && value !== null && 'type' in value ? [value as Node] : []
}

/** What is directly in a node: neither its styles nor what the compiler notes. */
export function children(node: Node): Node[] {
  return Object.entries(node).flatMap(([name, child]) => (name === 'css' || name === 'metadata' ? [] : nodes(child)))
}
