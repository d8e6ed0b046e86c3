/** A swallow-tailed pennant that is also a speech bubble: a parley is asked for under a flag. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg className="logo" width={size} height={size} viewBox="0 0 64 64" aria-hidden="true">
      <rect className="logo__field" width="64" height="64" rx="15" />
      <path className="logo__pennant" d={PENNANT} />
    </svg>
  )
}

export function Pennant({ size = 64 }: { size?: number }) {
  return (
    <svg className="pennant" width={size} height={size} viewBox="10 12 44 44" aria-hidden="true">
      <path d={PENNANT} />
    </svg>
  )
}

const PENNANT = 'M17 16h33.2c1.5 0 2.4 1.7 1.5 2.9L45 29l6.7 10.1c.9 1.2 0 2.9-1.5 2.9H27.5L17.1 51.2c-1.2 1-3.1.2-3.1-1.4V19c0-1.7 1.3-3 3-3Z'
