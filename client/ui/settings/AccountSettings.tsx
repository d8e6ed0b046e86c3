import { ChangePassword } from './ChangePassword.tsx'
import { DoNotDisturbSetting } from './DoNotDisturbSetting.tsx'
import { NameForm } from './NameForm.tsx'
import { PictureSetting } from './PictureSetting.tsx'
import { SignOut } from './SignOut.tsx'
import { StatusForm } from './StatusForm.tsx'
import { useLanguage } from '../language/useLanguage.ts'

/** What others see of the person, and how they sign in. */
export function AccountSettings() {
  const { t } = useLanguage()
  return (
    <>
      <PictureSetting />
      <NameForm />
      <StatusForm />
      <DoNotDisturbSetting />
      <ChangePassword />
      <SignOut action={t('settings.signOut')} hint={t('settings.signOutHint')} />
    </>
  )
}
