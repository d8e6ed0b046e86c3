import type { ReactNode } from 'react'
import { Component } from 'react'

type FallibleProps = { children: ReactNode; instead: ReactNode }

/** A text that the parser cannot take is shown as it was written: one message must not take the others with it. */
export class Fallible extends Component<FallibleProps, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true }
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.instead : this.props.children
  }
}
