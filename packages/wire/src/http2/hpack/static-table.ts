/** The static table of RFC 7541 Appendix A: index 1 is the first line. A line is a name, and a value where there is one. */
const lines = `:authority
:method GET
:method POST
:path /
:path /index.html
:scheme http
:scheme https
:status 200
:status 204
:status 206
:status 304
:status 400
:status 404
:status 500
accept-charset
accept-encoding gzip, deflate
accept-language
accept-ranges
accept
access-control-allow-origin
age
allow
authorization
cache-control
content-disposition
content-encoding
content-language
content-length
content-location
content-range
content-type
cookie
date
etag
expect
expires
from
host
if-match
if-modified-since
if-none-match
if-range
if-unmodified-since
last-modified
link
location
max-forwards
proxy-authenticate
proxy-authorization
range
referer
refresh
retry-after
server
set-cookie
strict-transport-security
transfer-encoding
user-agent
vary
via
www-authenticate`;

export interface StaticEntry {
  readonly name: string;
  readonly value: string;
}

/** Entry `i` of the table is `staticTable[i - 1]`. */
export const staticTable: readonly StaticEntry[] = lines.split('\n').map((line) => {
  const blank = line.indexOf(' ');
  return blank < 0 ? { name: line, value: '' } : { name: line.slice(0, blank), value: line.slice(blank + 1) };
});

/** Number of entries; the dynamic table begins behind it. */
export const STATIC_ENTRIES = staticTable.length;

/** The lowest index of each name. */
export const staticNameIndex: ReadonlyMap<string, number> = new Map(
  staticTable.map(({ name }, i): [string, number] => [name, i + 1]).reverse(),
);

/** What an entry counts for besides its name and value, in bytes (RFC 7541 §4.1). */
export const ENTRY_OVERHEAD_BYTES = 32;
