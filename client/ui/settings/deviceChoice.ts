/** One of a few values, kept on this device and not with the account; the first is what holds until somebody chooses. */
export function deviceChoice<const Value extends string>(key: string, values: readonly [Value, ...Value[]]): DeviceChoice<Value> {
  return {
    read: (storage) => {
      const kept = storage.getItem(key)
      return values.find((value) => value === kept) ?? values[0]
    },
    keep: (storage, value) => {
      storage.setItem(key, value)
    },
  }
}

export type DeviceChoice<Value extends string> = {
  read: (storage: Pick<Storage, 'getItem'>) => Value
  keep: (storage: Pick<Storage, 'setItem'>, value: Value) => void
}
