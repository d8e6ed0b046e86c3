import { parseArgs } from 'node:util'
import { measureNames, type MeasureName } from './measures/measure.ts'
import { targetNames, type TargetName } from './targets/target.ts'

export const readOptions = (args: string[]): Options => {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [...measureNames] },
      target: { type: 'string', multiple: true, default: [...targetNames] },
    },
  })
  return {
    quick: values.quick,
    only: values.only.map((name) => oneOf(measureNames, name)),
    target: values.target.map((name) => oneOf(targetNames, name)),
  }
}

const oneOf = <Name extends string>(names: readonly Name[], name: string): Name => {
  const known = names.find((each) => each === name)
  if (known === undefined) throw new Error(`"${name}" is none of ${names.join(', ')}`)
  return known
}

export type Options = { quick: boolean; only: MeasureName[]; target: TargetName[] }
