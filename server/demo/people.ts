// Who lives in the demo. All invented.

export const DEMO_PASSWORD = 'lanterns on the pier'

/** Handles; the first is whom the demo is told from. */
export type DemoPerson = keyof typeof DEMO_PEOPLE

export const DEMO_PEOPLE = {
  ada: 'Ada Lindqvist',
  mei: '陈美',
  yusuf: 'يوسف حداد',
  noa: 'נועה לוי',
  diego: 'Diego Ferreyra',
  priya: 'प्रिया नायर',
  ivan: 'Иван Соколов',
  sakura: '佐藤さくら',
  amara: 'Amara Okafor',
  lukasz: 'Łukasz Zieliński',
  zoe: 'Zoé Martin',
  tomas: 'Tomás Ó Briain',
} as const
