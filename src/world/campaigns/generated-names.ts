/** Sorted, and no word is the beginning of another, so that sorting names by their words sorts them as text, too. */
const occasions = [
  'Anniversary',
  'Autumn',
  'Back to School',
  'Black Friday',
  'Cyber Monday',
  'Early Bird',
  'Earth Day',
  'Easter',
  'Flash Sale',
  'Graduation',
  'Halloween',
  'Holiday',
  'Labor Day',
  'Memorial Day',
  "Mother's Day",
  'New Year',
  'Spring',
  'Summer',
  "Valentine's Day",
  'Winter',
]

/** Sorted in the same way. */
const subjects = [
  'Apparel',
  'Appliances',
  'Automotive',
  'Baby',
  'Beauty',
  'Bikes',
  'Books',
  'Camping',
  'Coffee',
  'Cookware',
  'Electronics',
  'Fitness',
  'Footwear',
  'Furniture',
  'Games',
  'Garden',
  'Grocery',
  'Health',
  'Home',
  'Jewelry',
  'Kids',
  'Lighting',
  'Music',
  'Office',
  'Outdoors',
  'Pets',
  'Sports',
  'Tools',
  'Toys',
  'Travel',
]

/** Sorted in the same way. */
const kinds = [
  'Ambassador Program',
  'Bundle Offer',
  'Case Studies',
  'Clearance',
  'Contest',
  'Event Series',
  'Gift Guide',
  'Giveaway',
  'Launch',
  'Loyalty Drive',
  'Newsletter',
  'Partner Promo',
  'Pop-up Store',
  'Preview',
  'Promotion',
  'Referral Drive',
  'Retargeting',
  'Survey',
  'Trade Show',
  'Webinar Series',
]

/** The years in which generated campaigns are created, half of them in each. */
export const nameYears = [2025, 2026] as const

export const namesPerYear = occasions.length * subjects.length * kinds.length

/** The number of names without a suffix such as ` #2`. */
export const nameCount = namesPerYear * nameYears.length

/** A name by its number in the alphabetical order of all, such as `Spring Outdoors Launch 2026`. */
export function nameAt(number: number): string {
  const year = number % nameYears.length
  const kind = Math.floor(number / nameYears.length)
  const subject = Math.floor(kind / kinds.length)
  const occasion = Math.floor(subject / subjects.length)
  const words = [occasions[occasion], subjects[subject % subjects.length], kinds[kind % kinds.length], nameYears[year]]
  return words.join(' ')
}

/**
 * The n-th use of a name, counted from 1: `Spring Outdoors Launch 2026`, then `Spring Outdoors Launch 2026 #2`. So no two
 * campaigns have the same name, and all uses of one name come before those of the next in alphabetical order.
 */
export function numberedName(name: string, use: number): string {
  return use === 1 ? name : `${name} #${use}`
}

/** The names, and their numbers, that contain a search text. */
export interface NameMatch {
  /** By the index of the name: whether all, some or none of its numbered variants contain the text. */
  readonly uses: readonly ('all' | 'some' | 'none')[]
  /** Where some variants contain the text: whether the n-th use, counted from 1, is one of them. */
  readonly isMatch: (use: number) => boolean
}

/** Searches a text in all names and their numbers, ignoring case. */
export function matchNames(text: string): NameMatch {
  const searched = text.toLowerCase()
  const ending = matchEnding(searched)
  const uses = Array.from({ length: nameCount }, (_, number) => {
    const name = nameAt(number).toLowerCase()
    if (name.includes(searched)) return 'all'
    return ending !== undefined && name.endsWith(ending.nameEnd) ? 'some' : 'none'
  })
  return { uses, isMatch: (use) => use > 1 && ending !== undefined && ending.isMatch(String(use)) }
}

/** The numbered names that contain a text which extends into a suffix such as ` #2`. */
interface EndingMatch {
  readonly nameEnd: string
  readonly isMatch: (number: string) => boolean
}

function matchEnding(searched: string): EndingMatch | undefined {
  if (/^\d+$/.test(searched)) return { nameEnd: '', isMatch: (number) => number.includes(searched) }
  if (searched.endsWith(' ')) return { nameEnd: searched.slice(0, -1), isMatch: () => true }
  const hash = searched.lastIndexOf('#')
  const [before, digits] = [searched.slice(0, hash), searched.slice(hash + 1)]
  if (hash < 0 || !/^\d*$/.test(digits) || !/^$| $/.test(before)) return undefined
  return { nameEnd: before.slice(0, -1), isMatch: (number) => number.startsWith(digits) }
}
