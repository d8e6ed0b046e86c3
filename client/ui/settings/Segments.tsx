import type { ComponentType } from 'react'
import './Segments.css'

type SegmentsProps<Value extends string> = {
  legend: string
  name: string
  values: readonly Value[]
  label: (value: Value) => string
  icons?: Record<Value, ComponentType>
  chosen: Value
  onChosen: (value: Value) => void
}

/** One of a few, all in view. */
export function Segments<Value extends string>({ legend, name, values, label, icons, chosen, onChosen }: SegmentsProps<Value>) {
  return (
    <fieldset>
      <legend>{legend}</legend>
      <div className="segments">
        {values.map((value) => {
          const Icon: ComponentType | undefined = icons?.[value]
          return (
            <label key={value} className="segment">
              <input
                type="radio"
                name={name}
                checked={chosen === value}
                onChange={() => {
                  onChosen(value)
                }}
              />
              {Icon === undefined ? null : <Icon />}
              {label(value)}
            </label>
          )
        })}
      </div>
    </fieldset>
  )
}
