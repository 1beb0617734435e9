// What two switches can reach on the screen, grouped as the page groups it.

import { group, type Part } from './scan'

/** Something to press: a button, a field, a choice, or a text that can be read on. */
export type Stop = HTMLElement

const STOPS = 'button, a[href], input, select, textarea'

/** Where scanning begins: at what the screen is for. Its head, which is the same on each screen, comes last. */
const REGIONS = ['main', 'footer', '.keyboard', '.aloud', 'header']

/** What is in front: the dialog that was opened last, or the screen. */
export function scope(): HTMLElement {
  return [...document.querySelectorAll<HTMLElement>('dialog[open]')].at(-1) ?? document.body
}

/** What can be reached in front. */
export function reachable(front: HTMLElement): Part<Stop> | undefined {
  if (front !== document.body) return partOf(front)
  const regions = REGIONS.flatMap((region) => [...front.querySelectorAll<HTMLElement>(`#app ${region}`)])
  const parts = regions.map(partOf).filter((part) => part !== undefined)
  if (parts.length < 2) return parts[0]
  return { parts }
}

export function isText(stop: Stop): stop is HTMLInputElement | HTMLTextAreaElement {
  return (
    stop instanceof HTMLTextAreaElement ||
    (stop instanceof HTMLInputElement && !['checkbox', 'radio', 'file'].includes(stop.type))
  )
}

/** In pixels: what is cut by less is whole. */
const A_LINE = 16

/** A text that is longer than its place is read on by the page. */
export function isScrolled(element: Element): boolean {
  return (
    element.matches('main, .kiosk, dialog') &&
    element.scrollHeight > element.clientHeight + A_LINE &&
    getComputedStyle(element).overflowY !== 'visible'
  )
}

/** On by a page; from the end, back to the beginning. */
export function readOn(element: Element): void {
  const isAtEnd = element.scrollTop + element.clientHeight >= element.scrollHeight - 2
  element.scrollTop = isAtEnd ? 0 : element.scrollTop + element.clientHeight * 0.8
}

/** What is outlined for something that can be pressed: its words too, where they are pressed with it. */
export function wholeOf(stop: Stop): Element {
  return (stop instanceof HTMLInputElement && stop.closest('label')) || stop
}

function partOf(element: HTMLElement): Part<Stop> | undefined {
  if (element.matches(STOPS)) return canBePressed(element) ? { press: element } : undefined
  const below = [...element.children].filter((child) => child instanceof HTMLElement).map(partOf)
  return group([isScrolled(element) ? { press: element } : undefined, ...below])
}

function canBePressed(element: HTMLElement): boolean {
  const isOff = element.matches(':disabled, [aria-disabled=true], .hidden')
  return !isOff && element.getClientRects().length > 0
}
