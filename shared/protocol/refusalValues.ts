import { BLOCKS_MAX, MEMBERS_MAX, PICTURE_MAX_BYTES, PICTURE_MAX_SIDE, TEXT_MAX_CHARS } from '../limits.ts'

/** What stands in the words of refusals (refusalReasons.ts), in every language. By itself, so that the first screen gets no more than this. */
export const REFUSAL_VALUES = { members: MEMBERS_MAX, blocks: BLOCKS_MAX, kibibytes: PICTURE_MAX_BYTES / 1024, side: PICTURE_MAX_SIDE, characters: TEXT_MAX_CHARS } as const
