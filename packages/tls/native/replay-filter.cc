// Lets every first flight with early data pass at most once in all threads that share the filter (RFC 8446 §8.2,
// "ClientHello recording"). A flight is known by its client random: the binder of the ticket authenticates the hello,
// so a copy must carry the same one.
#include <ctime>

#include <cstring>

#include "engine.h"

namespace elbow {

namespace {

/** OpenSSL refuses early data whose ticket age is off by more than 10 s, so no copy is of use after that. */
constexpr uint64_t kWindowSeconds = 30;
constexpr size_t kProbes = 16;
/** A cell is a fingerprint of 47 bits, one bit that is always set, and 16 bits of the second it came in. */
constexpr uint64_t kFingerprint = ~uint64_t{0xffff};
constexpr uint64_t kUsed = 0x10000;

uint64_t monotonic_seconds() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<uint64_t>(now.tv_sec);
}

uint64_t load(uint64_t* cell) { return __atomic_load_n(cell, __ATOMIC_SEQ_CST); }

bool is_live(uint64_t cell, uint64_t now) {
  return cell != 0 && ((now - cell) & 0xffff) <= kWindowSeconds;
}

size_t count_equal(uint64_t* const* cells, uint64_t fingerprint, uint64_t now) {
  size_t count = 0;
  for (size_t at = 0; at < kProbes; at++) {
    const uint64_t cell = load(cells[at]);
    if (is_live(cell, now) && (cell & kFingerprint) == fingerprint) count++;
  }
  return count;
}

bool claim_one(uint64_t* const* cells, uint64_t fingerprint, uint64_t now) {
  for (size_t at = 0; at < kProbes; at++) {
    uint64_t cell = load(cells[at]);
    if (is_live(cell, now)) continue;
    const uint64_t mine = fingerprint | (now & 0xffff);
    if (__atomic_compare_exchange_n(cells[at], &cell, mine, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
      return true;
  }
  return false;
}

}  // namespace

/** False also when the neighbourhood is full, and while the filter is younger than its window: it may have forgotten. */
bool is_first_use(Engine* engine, const unsigned char* client_random) {
  if (engine->filter == nullptr || engine->filter_size <= kProbes) return false;
  const uint64_t now = monotonic_seconds();
  // The first cell is not part of the table: it holds the second from which on early data may be taken.
  if (now < load(engine->filter)) return false;
  uint64_t fingerprint, place;
  memcpy(&fingerprint, client_random, sizeof fingerprint);
  memcpy(&place, client_random + sizeof fingerprint, sizeof place);
  fingerprint = (fingerprint & kFingerprint) | kUsed;
  uint64_t* cells[kProbes];
  const size_t table_size = engine->filter_size - 1;
  for (size_t at = 0; at < kProbes; at++) cells[at] = engine->filter + 1 + (place + at) % table_size;
  if (count_equal(cells, fingerprint, now) > 0) return false;
  if (!claim_one(cells, fingerprint, now)) return false;
  // Another thread may have claimed another cell for the same flight meanwhile; each of the two sees the other's.
  return count_equal(cells, fingerprint, now) == 1;
}

}  // namespace elbow
