import type { ReactNode } from 'react'
import { Component } from 'react'

type FallibleProps = { children: ReactNode; instead: ReactNode }

/** What cannot be drawn has something else in its place: one message that the parser cannot take must not take the others with it. */
export class Fallible extends Component<FallibleProps, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true }
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.instead : this.props.children
  }
}
