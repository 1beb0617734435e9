// What is read aloud of a screen: the very words that it shows, in the order in which somebody would read them out. What a person
// typed is no part of it.

import type { Messages } from '../../words/messages'
import type { Spoken } from './reader.svelte'

const STOPS = 'button, a[href], input, select, textarea'
const BLOCKS = 'p, h1, h2, h3, h4, li, legend, dt, dd, [role=img]'
/** The head of a screen holds what is the same on each: its buttons come last. */
const REGIONS = ['header', 'main', 'footer']

/** All of what is in front, part by part. */
export function partsOf(front: HTMLElement, m: Messages<'kiosk'>): Spoken[] {
  if (front !== document.body) return read(front, m)
  const regions = REGIONS.flatMap((region) => [...front.querySelectorAll<HTMLElement>(`#app ${region}`)])
  const [heads, rest] = [regions.filter(isHead), regions.filter((region) => !isHead(region))]
  const inHead = heads.flatMap((head) => read(head, m))
  const isStop = ({ element }: Spoken) => element.matches(STOPS)
  return [
    ...inHead.filter((part) => !isStop(part)),
    ...rest.flatMap((region) => read(region, m)),
    ...inHead.filter(isStop),
  ]
}

const isHead = (element: Element) => element.localName === 'header'

/** One thing that has the focus, or is outlined. */
export function wordsFor(element: Element, m: Messages<'kiosk'>): Spoken | undefined {
  const text = element.matches(STOPS) ? stopWords(element as HTMLElement, m) : shown(element)
  return text ? { text, lang: langOf(element), element } : undefined
}

/** What was typed into a field, for who asks to hear it; never a secret. */
export function typedIn(field: HTMLInputElement | HTMLTextAreaElement, m: Messages<'kiosk'>): Spoken {
  const isSecret = field instanceof HTMLInputElement && field.type === 'password'
  const text = isSecret ? m('aloudSecret') : field.value.trim() || m('aloudEmpty')
  return { text, lang: langOf(field), element: field }
}

function read(element: HTMLElement, m: Messages<'kiosk'>): Spoken[] {
  if (isSilent(element)) return []
  if (element.matches(STOPS)) return [wordsFor(element, m)].filter((part) => part !== undefined)
  if (element.matches('label')) {
    // It is read with its field, which may be within it.
    return [...element.querySelectorAll<HTMLElement>(STOPS)].flatMap((stop) => read(stop, m))
  }
  if (element.matches(BLOCKS) && !element.querySelector('p, ul, ol')) {
    const stops = element.closest('article') ? [] : [...element.querySelectorAll<HTMLElement>(STOPS)]
    return [...sentences(element, shown(element)), ...stops.flatMap((stop) => read(stop, m))]
  }
  if (hasOwnText(element)) return sentences(element, shown(element))
  return [...element.children].filter((child) => child instanceof HTMLElement).flatMap((child) => read(child, m))
}

function isSilent(element: HTMLElement): boolean {
  return (
    element.matches(
      '[aria-hidden=true], .hidden, .brand, .keyboard, .aloud, [id$="-error"], [id$="-warning"], [id$="-hint"]',
    ) || element.getClientRects().length === 0
  )
}

const hasOwnText = (element: Element) =>
  [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim())

/** The words of a text, without what can be pressed in it. */
function shown(element: Element): string {
  const named = element.getAttribute('aria-label')
  if (named) return named
  const words: string[] = []
  const walk = (node: Node) => {
    if (node instanceof Element && (node.matches(`${STOPS}, [aria-hidden=true]`) || node.localName === 'svg')) return
    if (node.nodeType === Node.TEXT_NODE) words.push(node.textContent ?? '')
    node.childNodes.forEach(walk)
    if (node instanceof HTMLElement && getComputedStyle(node).display !== 'inline') words.push(' ')
  }
  walk(element)
  const text = words.join('').replace(/\s+/g, ' ').trim()
  // A code is heard sign by sign.
  return element.hasAttribute('data-spell') ? Array.from(text.replaceAll(' ', '')).join(', ') : text
}

function sentences(element: Element, text: string): Spoken[] {
  const lang = langOf(element)
  const found = [...new Intl.Segmenter(lang, { granularity: 'sentence' }).segment(text)]
  return found
    .map(({ segment }) => segment.trim())
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence))
    .map((sentence) => ({ text: sentence, lang, element }))
}

/** A button, a field or a choice by its name, what it is, and how it stands. What is in a field is its owner's alone. */
function stopWords(stop: HTMLElement, m: Messages<'kiosk'>): string {
  const told = stop.getAttribute('aria-describedby')?.split(' ') ?? []
  const more = told.map((id) => document.getElementById(id)).filter((element) => element !== null)
  return [nameOf(stop), kindOf(stop, m), ...more.map(shown)].filter(Boolean).join('. ')
}

function nameOf(stop: HTMLElement): string {
  const named = stop.getAttribute('aria-label')
  if (named) return named
  const labels =
    stop instanceof HTMLInputElement || stop instanceof HTMLSelectElement || stop instanceof HTMLTextAreaElement
  const label = labels ? stop.labels?.[0] : undefined
  return label ? shown(label) : (stop.textContent ?? '').replace(/\s+/g, ' ').trim()
}

function kindOf(stop: HTMLElement, m: Messages<'kiosk'>): string {
  if (stop instanceof HTMLSelectElement) return m('aloudList')
  if (stop instanceof HTMLTextAreaElement) return m('aloudField')
  if (stop instanceof HTMLInputElement) {
    if (stop.type === 'checkbox') return m(stop.checked ? 'aloudTicked' : 'aloudUnticked')
    return m('aloudField')
  }
  const pressed = stop.getAttribute('aria-pressed')
  if (pressed !== null) return m(pressed === 'true' ? 'aloudOn' : 'aloudOff')
  return m('aloudButton')
}

const langOf = (element: Element) => element.closest('[lang]')?.getAttribute('lang') ?? ''
