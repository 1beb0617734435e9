// How a list is recognised, and what the desk is told of its columns.

import { expect, test } from 'vitest'
import { dayFrom, guessed, hasName, shapeOf } from './shape'

test('columns are guessed by what their headings say, and a name is whole or apart', () => {
  const own = guessed([
    'Member No',
    'Surname',
    'First names',
    'Date of birth',
    'Home address',
    'Zip',
    'Town',
    'County',
    'Party',
  ])
  expect(own).toEqual({
    name: '',
    given: 'First names',
    family: 'Surname',
    suffix: '',
    birth: 'Date of birth',
    street: 'Home address',
    postal_code: 'Zip',
    city: 'Town',
    area: 'County',
    number: 'Member No',
  })
  expect(guessed(['Name', 'PLZ', 'Ort'])).toMatchObject({ name: 'Name', postal_code: 'PLZ', city: 'Ort' })
  expect(guessed(['Apellidos', 'Nombre', 'Código postal'])).toMatchObject({ family: 'Apellidos', given: 'Nombre' })
  expect([hasName(own), hasName(guessed(['Vote', 'Ward']))]).toEqual([true, false])
})

test('a form goes by its name, and own columns by their headings', () => {
  const own = guessed(['Name', 'Zip'])
  expect(shapeOf('ohio', ',', own)).toEqual({ named: 'ohio' })
  expect(shapeOf('own', ';', own)).toEqual({
    own: [
      ';',
      {
        number: [],
        name: ['Name'],
        given: [],
        family: [],
        suffix: [],
        birth: [],
        street: [],
        postal_code: ['Zip'],
        city: [],
        area: [],
        status: [],
      },
    ],
  })
})

test('a day is that of this computer', () => {
  expect(dayFrom(new Date(2026, 0, 31, 23, 59))).toBe('2026-01-31')
  expect(dayFrom(new Date(2026, 11, 31, 0, 1), 90)).toBe('2027-03-31')
})
