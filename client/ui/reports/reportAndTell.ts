import type { ReportId } from '../../../shared/ids.ts'
import { until } from '../../sync/until.ts'
import type { Change, Engine } from '../../sync/engine.ts'
import { currentLanguage } from '../language/language.ts'
import { toasts } from '../parts/ToastStack.tsx'

/** Resolves when it is kept on this device; said is then, or soon, whether it was sent or waits. A refusal is told with all others. */
export async function reportAndTell(engine: Engine, form: Parameters<Engine['report']>[0]): ReturnType<Engine['report']> {
  const answer = await engine.report(form)
  if (answer.ok) void tell(engine, answer.value)
  return answer
}

async function tell(engine: Engine, id: ReportId): Promise<void> {
  const { t } = currentLanguage()
  const isIt = (change: Change) => change.type === 'report' && change.id === id
  const waits = () => engine.changes.get().pending.some(isIt)
  await Promise.race([until(engine.changes, () => !waits()), until(engine.connection, ({ state }) => state === 'offline')])
  if (engine.changes.get().refused.some(({ change }) => isIt(change))) return
  toasts.show(waits() ? t('unsent.report') : t('report.sent'))
}
