import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { plantedFaults } from './planted.ts'
import { caught, createGround } from './planting.ts'
import type { Ground } from './planting.ts'

describe('faults planted in a copy of the product', () => {
  let ground: Ground
  beforeAll(() => void (ground = createGround()))
  afterAll(() => ground.remove())

  it('[GR18] there are twenty-six, each with its patch', () => {
    expect(plantedFaults.map(({ patch }) => `${patch}.patch`).toSorted()).toEqual(readdirSync('tests/faults/patches').toSorted())
    expect(plantedFaults).toHaveLength(26)
  })

  it.each(plantedFaults)('[GR18] $patch is caught', { timeout: 900_000 }, async (fault) => {
    const takeOut = ground.plant(fault.patch)
    try {
      const how = await caught(ground.folder, fault)
      console.log(`${fault.patch}: ${how ?? 'not caught'}`)
      expect(how).not.toBeNull()
    } finally {
      takeOut()
    }
  })
})
