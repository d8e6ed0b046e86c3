// Every limit of the system, each with its reason. A limit that is not here does not exist.

/** A message longer than this is a file. UTF-16 code units, as `string.length` counts. */
export const TEXT_MAX_CHARS = 8_000

/** An entry in JSON: 8,000 characters of four bytes each just fit. */
export const ENTRY_MAX_BYTES = 32 * 1024

/** Entries in one append: one frame, one transaction, one answer. */
export const APPEND_MAX_ENTRIES = 100

/** Entries of one device within the window: a week's outbox flushes at once, a loop gone wild is stopped. */
export const APPEND_RATE_ENTRIES = 10_000
export const APPEND_RATE_SECONDS = 10
/** Changes of one account over HTTP within the window, appends aside: ten a second for a program that sets up groups, more than a person ever taps. */
export const CHANGE_RATE_CHANGES = 600
export const CHANGE_RATE_SECONDS = 60
/** Entries in one transaction: the time they take is the wait of everyone behind them. */
export const COMMIT_MAX_ENTRIES = 2_000
/** Entries that wait for the disk, over all conversations; beyond, new ones are refused and stay in outboxes. */
export const COMMIT_QUEUE_MAX_ENTRIES = 50_000

/** One WebSocket frame. An append batch that would be larger is sent in several. */
export const FRAME_MAX_BYTES = 256 * 1024

/** Frames of one socket within the window; a frame counts once more for every FRAME_RATE_BYTES. */
export const FRAME_RATE_FRAMES = 10_000
export const FRAME_RATE_SECONDS = 10
export const FRAME_RATE_BYTES = 4 * 1024

/** Nobody signed in needs more than a hello or a Hocuspocus auth frame. */
export const UNAUTHENTICATED_MAX_BYTES = 16 * 1024
export const UNAUTHENTICATED_MAX_MS = 10_000

/**
 * Sockets of one address, behind our own proxies the address they name. A school or a mobile network is one address, so the
 * first leaves room for everyone of one to come back at once after a restart, the second for all that a process can hold.
 */
export const SOCKETS_PER_ADDRESS_UNAUTHENTICATED = 3_000
export const SOCKETS_PER_ADDRESS = 10_000
/** Sockets of one person: a device of ours needs one, whatever its tabs; the rest is for programs that open one a document. */
export const SOCKETS_PER_PERSON = 100

/** One change of drafts, pins, mutes or settings. A draft is as long as a message: 24,000 bytes in the worst script. */
export const PERSONAL_UPDATE_MAX_BYTES = 32 * 1024
export const PERSONAL_DOCUMENT_MAX_BYTES = 1024 * 1024
/** Each client id costs about 10 bytes in every state vector; past this the server writes a new generation. */
export const PERSONAL_MAX_CLIENT_IDS = 500

/** Above this receipts are counts, not names: fan-out of receipts is members × members. */
export const RECEIPTS_MAX_MEMBERS = 256
/** Receipts that change within this window leave in one message. */
export const RECEIPTS_COALESCE_MS = 250
/** Activity notices of one conversation within this window leave as one. */
export const ACTIVITY_COALESCE_MS = 250

/** Who comes, goes, or changes their role in one conversation within this window is told to its members as one. */
export const MEMBERS_COALESCE_MS = 250

/** A typing notice holds this long unless renewed. */
export const TYPING_MS = 10_000
/** Of those who type in one conversation a device is told of so many: it names three and counts a few more. */
export const TYPING_TOLD_MAX = 10
/** Who begins or ends to type within this window is told together. */
export const TYPING_COALESCE_MS = 250

/** Documents one socket may hold open: a screen shows one conversation, a device keeps the recent few warm. */
export const DOCUMENTS_PER_CONNECTION = 200
/** A device without input for so long says that its person is away. */
export const AWAY_AFTER_MS = 5 * 60_000
/** People whose presence one socket may watch: those on screen. */
export const PRESENCE_WATCH_MAX = 500
/** Who comes, goes or is away within this window is told in one message. */
export const PRESENCE_COALESCE_MS = 250

/** Bytes waiting for a reader before it is cut off; it resumes from its state vector. */
export const SEND_BUFFER_MAX_BYTES = 4 * 1024 * 1024

/** Application ping; proxies drop sockets that are silent for 30 to 60 s. */
export const PING_INTERVAL_MS = 20_000

/** Full segments the server keeps ready for HTTP, as bytes of Yjs updates. */
export const SEGMENT_CACHE_BYTES = 64 * 1024 * 1024
/** Conversations whose member ids the server keeps in memory, counted in ids. */
export const AUDIENCE_CACHE_IDS = 1_000_000

/** What the first paint of a conversation may carry, and the budget of its answer in bytes. */
export const FIRST_PAINT_ENTRIES = 50
export const FIRST_PAINT_MAX_BYTES = 32 * 1024

export const INBOX_PAGE_ROWS = 100
/** Annotations that one answer carries. */
export const ANNOTATIONS_PAGE = 500
/** Erasures that one answer carries. */
export const ERASURES_PAGE = 500
/** Events and erasures that one reading of the log brings. */
export const CONTROL_PAGE = 1_000
/** People that one message names; who means more means all. */
export const MENTIONS_MAX = 50
/** What a reply or an edit that calls everyone counts as in the rate of appends: it writes or asks something for each member. */
export const MENTION_ALL_COST = 100
/** Beyond so many a person is asked before they are all notified. */
export const MENTIONS_UNASKED_MAX = 20
/** Pinned messages that a conversation shows; older ones stay pinned and unseen. */
export const PINS_SHOWN = 100
/** What a new device asks for first: more than a screen shows, so that it can be drawn. */
export const INBOX_FIRST_ROWS = 30
/** Unread is counted up to here; a badge says "99+" beyond. */
export const UNREAD_MAX = 100
/** How many entries after a read mark are looked at to tell others' from own; what lies beyond counts as own. */
export const UNREAD_SCAN_MAX = 10_000
/** Threads with something new that an inbox row names; a badge says "49+" beyond. */
export const THREADS_UNREAD_MAX = 50
/** Followed threads that one answer carries. */
export const THREADS_PAGE = 30
export const PREVIEW_MAX_CHARS = 120

export const MEMBERS_MAX = 5_000
/** Channels on a page of the directory. */
export const CHANNELS_PAGE = 50
/** How far back somebody who is no member sees a channel: enough to know what it is about. Who joins sees all of it. */
export const CHANNEL_PREVIEW_ENTRIES = 200
export const NAME_MAX_CHARS = 64
/** A topic is read in a header, on one line. */
export const TOPIC_MAX_CHARS = 250
export const HANDLE_MAX_CHARS = 32
/** A line under a name, as a row of a list shows it. */
export const STATUS_MAX_CHARS = 100

/** A square of PICTURE_MAX_SIDE as a device encodes it has a tenth of this. */
export const PICTURE_MAX_BYTES = 128 * 1024
export const PICTURE_MAX_SIDE = 512

/** People one account may block: the list travels whole, to every device and with each welcome. */
export const BLOCKS_MAX = 1_000

/** Changes of each device that are known to be made: more than one sends while the answer to another is lost. */
export const CHANGES_KNOWN = 1_000

export const REPORT_MAX_ENTRIES = 10
export const REPORT_MAX_CHARS = 1_000
/** Reports of one account within the window: more is not read by anybody. */
export const REPORT_RATE_REPORTS = 10
export const REPORT_RATE_SECONDS = 3_600
export const PASSWORD_MIN_CHARS = 8
export const PASSWORD_MAX_CHARS = 256

/** An invite that outlives its reason is a door left open. */
export const INVITE_MAX_DAYS = 365
export const INVITE_MAX_USES = 1_000
/** Links of one group or channel that are shown; older ones are long forgotten. */
export const JOIN_LINKS_SHOWN = 100
/** People who wait to be let in that are shown; the next come up when these are answered. */
export const JOIN_REQUESTS_SHOWN = 100
/** So many of those that were not read are told with a welcome; the others come once these are read. */
export const JOIN_ANSWERS_TOLD = 20
/** Banned people of one group or channel that are shown; the next come up when these are allowed again. */
export const BANS_SHOWN = 500
/** Requests to join that come or go within this window are told as one. */
export const JOIN_REQUESTS_COALESCE_MS = 250
/** Codes that one account may look up within the window: a person opens a link or two. */
export const JOIN_LOOKS = 60
export const JOIN_LOOKS_SECONDS = 10 * 60
/** Rows of a page of administration. */
export const ADMINISTRATION_PAGE = 50

/** HTTP bodies: an append batch is the largest. */
export const HTTP_BODY_MAX_BYTES = 512 * 1024
