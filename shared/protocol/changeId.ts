/** Header of a request that changes what a person set: the id of the change. Whoever sends it again has it made once. */
export const CHANGE_ID_HEADER = 'idempotency-key'
