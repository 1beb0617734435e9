// Who was there beside the volunteer, and the numbers on the seals: one line, or none.

import { table as say } from '../../words/pages.svelte'

interface Seals {
  laptop_seal: string | null
  stick_seal: string | null
}

export function sealWords({ laptop_seal, stick_seal }: Seals, witness: string | null): string {
  const said = [
    witness === null ? null : say('report.with', { witness }),
    laptop_seal === null ? null : say('report.laptopSeal', { number: laptop_seal }),
    stick_seal === null ? null : say('report.stickSeal', { number: stick_seal }),
  ]
  return said.filter((words) => words !== null).join(' ')
}
