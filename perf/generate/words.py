"""The words that generated names and texts are made of."""

ADJECTIVES = """Active Annual Archived Billing Bulk Business Central Client Company Custom Daily
Delivery Digital Direct Draft Event Export External Family Final Gift Global Guest Import Internal
Local Loyal Main Manual Market Media Member Mobile Monthly Nested Network Office Online Open Partner
Payment Pending Personal Premium Primary Private Product Project Public Quick Regional Remote Retail
Return Sales Seasonal Secure Service Shared Shipping Staff Stock Store Support Team Trial Travel
Vendor Verified Virtual Visitor Weekly""".split()

NOUNS = """Account Address Agenda Album Answer Asset Badge Basket Batch Booking Budget Campaign Cart
Catalog Category Channel Claim Collection Comment Contract Coupon Course Customer Dashboard Deal
Device Discount Document Entry Estimate Event Facility Feature Feed Folder Forecast Gallery Goal
Group Guide Invoice Item Journey Label Ledger Lesson License Listing Location Message Metric
Milestone Note Notice Offer Order Package Payout Permission Plan Policy Post Price Profile Promotion
Question Quote Rate Rating Receipt Refund Region Report Request Reservation Review Reward Route
Schedule Section Segment Session Shipment Shop Station Subscription Survey Task Template Ticket
Token Tour Transfer Trip User Voucher Warehouse Workflow Zone""".split()

# A field's name decides its type in every type of the schema, so that two fragments never select
# different things under one response name.
LEAVES = {
    "name": "String!",
    "title": "String!",
    "slug": "String!",
    "summary": "String",
    "description": "String",
    "note": "String",
    "code": "String!",
    "reference": "String",
    "email": "String",
    "phoneNumber": "String",
    "locale": "String!",
    "timeZone": "String",
    "imageUrl": "URL",
    "websiteUrl": "URL",
    "position": "Int!",
    "quantity": "Int!",
    "viewCount": "Int!",
    "replyCount": "Int",
    "revision": "Int!",
    "score": "Float",
    "progress": "Float!",
    "latitude": "Float",
    "longitude": "Float",
    "amount": "Money!",
    "total": "Money!",
    "balance": "Money",
    "isActive": "Boolean!",
    "isPinned": "Boolean!",
    "isVisible": "Boolean",
    "canEdit": "Boolean!",
    "tags": "[String!]!",
    "keywords": "[String!]",
    "metadata": "JSON",
    "startsAt": "DateTime",
    "endsAt": "DateTime",
    "publishedAt": "DateTime",
    "archivedAt": "DateTime",
}

ROLES = ["primary", "parent", "default", "latest", "related", "previous", "next", "original"]

STATES = """ACTIVE ARCHIVED BLOCKED CANCELLED CLOSED COMPLETED DELAYED DRAFT EXPIRED FAILED HIDDEN
INVITED LOCKED OPEN PAID PARTIAL PAUSED PENDING PLANNED PUBLISHED REFUNDED REJECTED REVIEW SCHEDULED
SENT SHIPPED STARTED SUSPENDED VERIFIED VOID""".split()

LOCAL_NAMES = """account active amount base batch buffer cache callback candidate children config
context counter current cursor data delay depth draft element entries error event extra fallback
field filter first flag format frame group handler hash header height hint history index input item
key kind label last layout left length level limit line list loader local lookup map match message
method mode model name next node note offset option order origin output owner page parent part path
pattern payload period pixel pointer position previous price progress query queue range rate ratio
reason record reducer region request response result right role root rule sample scope score search
section segment selected session setting shape size slot sort source span stage state status step
store style suffix summary table target task term text theme timer title token total trace type
unit update user value variant version view weight widget width window zone""".split()

VERBS = """apply build calculate check clear collect compare convert create decode encode ensure
fetch filter find format group handle load map measure merge normalize parse pick prepare read reduce
refresh register remove render reset resolve restore save select serialize sort split store sync
toggle track update validate write""".split()

SENTENCES = [
    "Keeps the last value while a request is under way, so that the page does not flicker.",
    "The server sends amounts in the smallest unit of the currency.",
    "Must run before the first render, because children read it in their effects.",
    "Returns the same array when nothing changed, to keep memoised components quiet.",
    "Older clients send this without a time zone; we take the account's.",
    "The limit is the one of the public interface; internal callers may ask for more.",
    "We cannot use the browser's own here: it sorts by locale, and the list must be stable.",
    "An empty list means \"everything\"; see the filter's documentation.",
    "Called for each keystroke: no allocation, please.",
    "Don't wait for the answer: the optimistic value is good enough until the next refetch.",
    "Shown to members of the team only.",
    "Sorted by the server, newest first.",
]
