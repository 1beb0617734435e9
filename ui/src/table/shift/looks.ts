// What is looked at before a shift, in words.

import type { Checks } from '../../bindings/Checks'
import type { Readiness } from '../../bindings/Readiness'
import { table as say } from '../../words/pages.svelte'

export type Look = keyof Checks

/** In the order in which a person goes through them. */
export const LOOKS: Look[] = ['clock', 'kit', 'texts', 'disk', 'battery', 'endpoint', 'log', 'printer']

/** What came of a look, and what to do where it warns. */
export function lookWords(look: Look, readiness: Readiness): string {
  const { checks, computer, log, texts } = readiness
  const check = checks[look]
  const warned = check === 'warned'
  switch (look) {
    case 'clock':
      return say(warned ? 'ready.clock.warned' : 'ready.clock.good', { now: new Date() })
    case 'kit':
      if (readiness.revoked) return say('ready.kit.revoked')
      return say(warned ? 'ready.kit.warned' : 'ready.kit.good', { until: new Date(readiness.kit_until * 1000) })
    case 'texts':
      return warned ? say('ready.texts.warned') : say('ready.texts.good', { count: texts.length })
    case 'disk':
      return say(warned ? 'ready.disk.warned' : 'ready.disk.good', { mib: computer.room_mib })
    case 'battery':
      return computer.charge_percent === null
        ? say('ready.battery.plugged')
        : say(warned ? 'ready.battery.warned' : 'ready.battery.good', { percent: computer.charge_percent })
    case 'endpoint':
      if (check === 'not_needed') return say('ready.endpoint.notNeeded')
      return say(warned ? 'ready.endpoint.warned' : check === 'good' ? 'ready.endpoint.good' : 'ready.endpoint.asking')
    case 'log':
      return warned
        ? say('ready.log.warned', { count: log.in_no_shift })
        : say('ready.log.good', { size: log.size, generation: log.generation })
    case 'printer':
      return say(warned ? 'ready.printer.warned' : check === 'good' ? 'ready.printer.good' : 'ready.printer.unknown')
  }
}
