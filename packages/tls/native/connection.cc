// One accepted connection: kernel → TLS → JavaScript and back; what is below TLS is in transport.cc. The call to
// JavaScript is always the last thing a function does: whatever is called from there may close the connection.
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "engine.h"
#include "values.h"

namespace elbow {

namespace {

constexpr uint32_t kSlotBits = 20;
constexpr uint32_t kSlotMask = (1u << kSlotBits) - 1;
/** What V8 keeps without a heap object. */
constexpr uint32_t kIdMask = 0x7fffffff;
constexpr unsigned char kHandshakeRecord = 0x16;
/** Plain bytes encrypted before the kernel is asked: four full TLS records. */
constexpr size_t kWriteBytes = 64 * 1024;
/** Answers to key updates and the like that a client does not read. */
constexpr size_t kMostUnreadReplies = 256 * 1024;
constexpr unsigned char kClientHello = 1;
/** The head of a record and that of the message in it. */
constexpr size_t kHelloHead = 9;
constexpr uint32_t kLargestHello = 16 * 1024;
/** Alerts (RFC 8446 §6), as OpenSSL sends them to a message out of order and to one that is too long. */
constexpr char kUnexpectedMessage = 10, kIllegalParameter = 47;
constexpr uint32_t kLargestUnfinishedHello = 17 * 1024;
/** Handshakes begun in one turn of the event loop, 0.3 to 1 ms each, so that open connections get their turn. */
constexpr int kHellosPerTurn = 8;

// ---- to the kernel

void on_poll(uv_poll_t* poll, int status, int events);

/** Watches for what the connection waits for. */
void watch(Connection* connection) {
  // A handshake goes on while JavaScript holds an early request back.
  const bool wants_bytes = !connection->is_waiting && (connection->is_reading || connection->phase != Phase::kOpen);
  const bool reads = wants_bytes && !connection->has_peer_ended;
  const int wanted = (reads ? UV_READABLE : 0) | (connection->waiting.empty() ? 0 : UV_WRITABLE);
  if (wanted == connection->watched) return;
  connection->watched = wanted;
  if (wanted == 0) uv_poll_stop(&connection->poll);
  else uv_poll_start(&connection->poll, wanted, on_poll);
}

/** FIN, once everything before it is on its way. */
void half_close(Connection* connection) {
  if (!connection->is_ending || connection->is_half_closed || !connection->waiting.empty()) return;
  if (connection->phase != Phase::kOpen) return;
  connection->is_half_closed = true;
  shutdown(connection->fd, SHUT_WR);
}

bool send_close_notify(Connection* connection) {
  ERR_clear_error();
  SSL_shutdown(connection->ssl);
  return send_output(connection, true);
}

// ---- TLS

std::string last_reason(const char* otherwise) {
  const char* reason = ERR_reason_error_string(ERR_peek_last_error());
  ERR_clear_error();
  return reason != nullptr ? reason : otherwise;
}

bool start_tls(Connection* connection) {
  Engine* engine = connection->engine;
  const auto listener = engine->listeners.find(connection->listener);
  if (listener == engine->listeners.end()) return false;
  SSL_CTX* context = listener->second->context.get();
  BIO* bio = make_bio(connection);
  connection->ssl = SSL_new(context);
  if (connection->ssl == nullptr || bio == nullptr) {
    BIO_free(bio);
    return false;
  }
  SSL_set_bio(connection->ssl, bio, bio);
  SSL_set_accept_state(connection->ssl);
  connection->phase = settings_of(context)->takes_early_data ? Phase::kEarlyData : Phase::kHandshake;
  connection->is_under_way = true;
  engine->under_way++;
  return true;
}

/** One OpenSSL call of the phase the connection is in. @returns its result, 1 for "go on" */
int advance(Connection* connection, size_t* length, uint32_t* flags) {
  Engine* engine = connection->engine;
  SSL* ssl = connection->ssl;
  unsigned char* to = engine->plain + *length;
  const size_t room = engine->plain_size - *length;
  size_t count = 0;
  ERR_clear_error();
  if (connection->phase == Phase::kEarlyData) {
    const int result = SSL_read_early_data(ssl, to, room, &count);
    *length += count;
    if (result == SSL_READ_EARLY_DATA_FINISH) connection->phase = Phase::kHandshake;
    return result == SSL_READ_EARLY_DATA_ERROR ? -1 : 1;
  }
  if (connection->phase == Phase::kHandshake) {
    const int result = SSL_do_handshake(ssl);
    if (result != 1) return result;
    connection->phase = Phase::kOpen;
    *flags |= kSecured;
    return 1;
  }
  const int result = SSL_read_ex(ssl, to, room, &count);
  *length += count;
  return result;
}

/** Moves the input through TLS until it wants more. @returns false on a fatal error, whose alert is in the output */
bool drive(Connection* connection, size_t* length, uint32_t* flags) {
  for (;;) {
    const int result = advance(connection, length, flags);
    if (result == 1) continue;
    const int error = SSL_get_error(connection->ssl, result);
    if (error == SSL_ERROR_ZERO_RETURN) *flags |= kEnded;
    return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_ZERO_RETURN;
  }
}

// ---- to JavaScript

void emit(Engine* engine, uint32_t id, uint32_t flags, size_t length, const std::string* reason) {
  napi_handle_scope scope;
  if (engine->is_over || napi_open_handle_scope(engine->env, &scope) != napi_ok) return;
  const napi_value words[] = {
      from_number(engine->env, id),
      from_number(engine->env, flags),
      from_number(engine->env, static_cast<int64_t>(length)),
      reason == nullptr ? from_text(engine->env, nullptr) : from_text(engine->env, reason->data(), reason->size()),
  };
  call_out(engine, engine->on_event, words, 4, nullptr);
  napi_close_handle_scope(engine->env, scope);
}

/** Plain HTTP on a TLS port: JavaScript answers it, with a socket of its own over the same descriptor. */
void hand_over(Connection* connection) {
  Engine* engine = connection->engine;
  const uint32_t id = connection->id;
  const int fd = connection->fd;
  connection->fd = -1;
  close_connection(connection, false);
  emit(engine, id, kPlain, static_cast<size_t>(fd), nullptr);
}

/** A fatal alert in a record of its own, as TLS would send it if it had been asked. */
void refuse_hello(Connection* connection, char alert, const char* reason) {
  const char record[] = {21, 3, 1, 0, 2, 2, alert};
  connection->engine->output.assign(record, sizeof record);
  send_output(connection);
  connection->is_half_closed = true;
  shutdown(connection->fd, SHUT_WR);
  fail_connection(connection, reason);
}

/** Too many handshakes run: this one begins when others have ended, unless too many wait as well. */
void wait_for_room(Connection* connection) {
  Engine* engine = connection->engine;
  if (engine->waiting_room.size() >= engine->most_waiting) {
    const uint32_t id = connection->id;
    const std::string reason = "too many handshakes wait";
    close_connection(connection, true);
    return emit(engine, id, kFailed, 0, &reason);
  }
  connection->is_waiting = true;
  engine->waiting_room.push_back(connection->id);
  watch(connection);
}

/** @returns false when what came cannot become a client hello; the connection is then gone */
bool is_hello_possible(Connection* connection, const unsigned char* head, ssize_t count) {
  if (count > 5 && head[5] != kClientHello) {
    refuse_hello(connection, kUnexpectedMessage, "no client hello");
    return false;
  }
  const bool says_length = count == static_cast<ssize_t>(kHelloHead) && (head[3] << 8 | head[4]) >= 4;
  if (!says_length || (static_cast<uint32_t>(head[6]) << 16 | head[7] << 8 | head[8]) <= kLargestHello) return true;
  refuse_hello(connection, kIllegalParameter, "the client hello is too long");
  return false;
}

/** Looks at the first bytes and leaves them where they are. @returns false when the connection is not ours to read now */
bool see_first_bytes(Connection* connection) {
  Engine* engine = connection->engine;
  if (engine->hellos_this_turn >= kHellosPerTurn) return false;  // it is still readable in the next turn
  unsigned char head[kHelloHead] = {};
  const ssize_t count = recv(connection->fd, head, sizeof head, MSG_PEEK);
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return false;
  if (count <= 0) {
    fail_connection(connection, "");
    return false;
  }
  engine->hellos_this_turn++;
  if (head[0] != kHandshakeRecord) {
    hand_over(connection);
    return false;
  }
  if (!is_hello_possible(connection, head, count)) return false;
  if (engine->under_way >= engine->most_handshakes) {
    wait_for_room(connection);
    return false;
  }
  if (start_tls(connection)) return true;
  fail_connection(connection, "no TLS settings for this connection");
  return false;
}

void handshake_over(Connection* connection) {
  Engine* engine = connection->engine;
  engine->handshaking.erase(connection);
  if (!connection->is_under_way) return;
  connection->is_under_way = false;
  engine->under_way--;
  if (!engine->is_over) admit_waiting(engine);
}

/** The handshake became complete within this read. */
void finish_handshake(Connection* connection) {
  handshake_over(connection);
  if (connection->is_ending) send_close_notify(connection);
}

bool is_hello_endless(const Connection* connection) {
  return !connection->hello_seen && connection->hello_bytes > kLargestUnfinishedHello;
}

void receive(Connection* connection, uint32_t flags) {
  Engine* engine = connection->engine;
  if (connection->phase == Phase::kFirstByte && !see_first_bytes(connection)) return;
  const ssize_t count = recv(connection->fd, engine->input.data(), engine->input.size(), 0);
  if (count < 0 && errno != EAGAIN && errno != EINTR) return fail_connection(connection, uv_err_name(-errno));
  if (count == 0 && connection->phase != Phase::kOpen) return fail_connection(connection, "closed in the handshake");
  if (count == 0) flags |= kTruncated;
  engine->input_at = engine->input.data();
  engine->input_left = count > 0 ? static_cast<size_t>(count) : 0;
  size_t length = 0;
  const bool is_sound = count <= 0 || drive(connection, &length, &flags);
  const std::string reason = is_sound ? "" : last_reason("protocol error");
  if ((flags & kSecured) != 0) finish_handshake(connection);
  // A session ticket travels with the answer to the request that came with it, or after the 200 ms of tcp(7) alone.
  const bool is_answer_due = (flags & kSecured) != 0 && length > 0 && is_sound;
  if (!send_output(connection, is_answer_due)) return fail_connection(connection, uv_err_name(-errno));
  if (!is_sound) return fail_connection(connection, reason);
  if (is_hello_endless(connection))
    return refuse_hello(connection, kIllegalParameter, "the client hello is too long");
  if (connection->waiting.size() > kMostUnreadReplies + kWriteBytes)
    return fail_connection(connection, "the client does not read");
  if ((flags & (kEnded | kTruncated)) != 0) connection->has_peer_ended = true;
  if (length > 0 && connection->phase != Phase::kOpen) flags |= kEarly;
  half_close(connection);
  watch(connection);
  if (flags != 0 || length > 0) emit(engine, connection->id, flags, length, nullptr);
}

void on_poll(uv_poll_t* poll, int status, int events) {
  auto* connection = static_cast<Connection*>(poll->data);
  uint32_t flags = 0;
  if (status < 0) {
    // libuv stopped the poll: the socket has an error, which the read below returns.
    connection->watched = 0;
    events = UV_READABLE;
  }
  if ((events & UV_WRITABLE) != 0 && !connection->waiting.empty()) {
    if (!send_waiting(connection)) return fail_connection(connection, uv_err_name(-errno));
    if (connection->waiting.empty()) flags |= kDrained;
    half_close(connection);
  }
  if ((events & UV_READABLE) != 0) return receive(connection, flags);
  watch(connection);
  if (flags != 0) emit(connection->engine, connection->id, flags, 0, nullptr);
}

/** Unread bytes would turn the close into a reset, which may overtake the last bytes sent. */
void discard_input(Connection* connection) {
  auto& input = connection->engine->input;
  for (int reads = 0; reads < 4; reads++)
    if (recv(connection->fd, input.data(), input.size(), 0) <= 0) return;
}

void forget(Connection* connection) {
  Engine* engine = connection->engine;
  const uint32_t slot = connection->id & kSlotMask;
  handshake_over(connection);
  engine->slots[slot] = nullptr;
  engine->free_slots.push_back(slot);
  if (connection->ssl != nullptr) SSL_free(connection->ssl);
  connection->ssl = nullptr;
}

}  // namespace

Connection* find_connection(Engine* engine, uint32_t id) {
  const uint32_t slot = id & kSlotMask;
  Connection* connection = slot < engine->slots.size() ? engine->slots[slot] : nullptr;
  return connection != nullptr && connection->id == id ? connection : nullptr;
}

Connection* add_connection(Engine* engine, uint32_t listener, int fd) {
  if (engine->free_slots.empty()) {
    if (engine->slots.size() > kSlotMask) return nullptr;
    engine->free_slots.push_back(static_cast<uint32_t>(engine->slots.size()));
    engine->slots.push_back(nullptr);
  }
  auto connection = std::make_unique<Connection>();
  if (uv_poll_init(engine->loop, &connection->poll, fd) != 0) return nullptr;
  engine->open_handles++;
  const uint32_t slot = engine->free_slots.back();
  engine->free_slots.pop_back();
  connection->poll.data = connection.get();
  connection->engine = engine;
  connection->accepted_ms = uv_now(engine->loop);
  connection->id = ((engine->generation++ << kSlotBits) | slot) & kIdMask;
  connection->listener = listener;
  connection->fd = fd;
  engine->slots[slot] = connection.get();
  engine->handshaking.insert(connection.get());
  return connection.release();
}

void start_reading(Connection* connection) { watch(connection); }

void admit_waiting(Engine* engine) {
  for (uint32_t room = engine->under_way; room < engine->most_handshakes && !engine->waiting_room.empty(); room++) {
    Connection* next = find_connection(engine, engine->waiting_room.front());
    engine->waiting_room.pop_front();
    if (next == nullptr || !next->is_waiting) continue;
    next->is_waiting = false;
    // The time in the queue was not the client's.
    next->accepted_ms = uv_now(engine->loop);
    watch(next);
  }
}

void close_connection(Connection* connection, bool resets) {
  if (connection->is_closed) return;
  connection->is_closed = true;
  const linger none = {1, 0};
  uv_poll_stop(&connection->poll);
  if (resets) setsockopt(connection->fd, SOL_SOCKET, SO_LINGER, &none, sizeof none);
  else if (connection->is_half_closed) discard_input(connection);
  if (connection->fd >= 0) close(connection->fd);
  forget(connection);
  uv_close(reinterpret_cast<uv_handle_t*>(&connection->poll), [](uv_handle_t* handle) {
    auto* closed = static_cast<Connection*>(handle->data);
    Engine* engine = closed->engine;
    delete closed;
    handle_closed(engine);
  });
}

void fail_connection(Connection* connection, const std::string& reason) {
  Engine* engine = connection->engine;
  const uint32_t id = connection->id;
  if (connection->ssl != nullptr) {
    // The alert is out: it must not be lost to a reset.
    shutdown(connection->fd, SHUT_WR);
    connection->is_half_closed = true;
  }
  close_connection(connection, false);
  emit(engine, id, kFailed, 0, &reason);
}

int64_t write_plain(Connection* connection, const unsigned char* bytes, size_t size, bool is_last) {
  SSL* ssl = connection->ssl;
  const bool is_open = connection->phase == Phase::kOpen;
  if (ssl == nullptr || connection->is_ending) return kBroken;
  if (!is_open && SSL_get_early_data_status(ssl) != SSL_EARLY_DATA_ACCEPTED) return kBroken;
  size_t taken = 0;
  while (taken < size && connection->waiting.empty()) {
    const size_t part = std::min(size - taken, kWriteBytes);
    size_t count = 0;
    ERR_clear_error();
    const int result = is_open ? SSL_write_ex(ssl, bytes + taken, part, &count)
                               : SSL_write_early_data(ssl, bytes + taken, part, &count);
    if (result != 1) return kBroken;
    taken += count;
    if (!send_output(connection, is_last && is_open && taken == size)) return kBroken;
  }
  watch(connection);
  return connection->waiting.empty() ? static_cast<int64_t>(taken) : kBlocked - static_cast<int64_t>(taken);
}

bool end_connection(Connection* connection) {
  if (connection->is_ending) return connection->is_half_closed;
  connection->is_ending = true;
  if (connection->phase == Phase::kOpen) send_close_notify(connection);
  half_close(connection);
  watch(connection);
  return connection->is_half_closed;
}

void set_reading(Connection* connection, bool is_reading) {
  connection->is_reading = is_reading;
  watch(connection);
}

}  // namespace elbow
