// What the files of the addon share. One Engine belongs to one JavaScript environment (the main thread or a worker);
// everything it owns is used on that environment's thread only.
#pragma once

#include <node_api.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <uv.h>

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace elbow {

struct Engine;

/** Tells JavaScript what happened to a connection; several may come at once. Mirrored in native-binding.ts. */
enum Event : uint32_t {
  kSecured = 1,    // the handshake is complete
  kEarly = 2,      // a request in TLS 1.3 early data: the handshake is not complete
  kEnded = 4,      // the client closed its half with close_notify
  kTruncated = 8,  // the client closed its half without it
  kDrained = 16,   // the kernel took everything that waited
  kFailed = 32,    // the connection is gone; the text says why (empty: the client left before its hello)
  kPlain = 64,     // no TLS: the descriptor now belongs to JavaScript
};

struct FreeX509 { void operator()(X509* it) const { X509_free(it); } };
struct FreeKey { void operator()(EVP_PKEY* it) const { EVP_PKEY_free(it); } };
struct FreeChain { void operator()(STACK_OF(X509) * it) const { sk_X509_pop_free(it, X509_free); } };
struct FreeContext { void operator()(SSL_CTX* it) const { SSL_CTX_free(it); } };
using ContextPointer = std::unique_ptr<SSL_CTX, FreeContext>;

/** A certificate, its private key and its intermediates; shared by all settings that have it. */
struct Identity {
  std::string id;
  std::unique_ptr<X509, FreeX509> leaf;
  std::unique_ptr<EVP_PKEY, FreeKey> key;
  std::unique_ptr<STACK_OF(X509), FreeChain> chain;
};

constexpr size_t kTicketNameBytes = 16;
constexpr size_t kTicketSecretBytes = 32;

struct TicketKey {
  unsigned char name[kTicketNameBytes];
  unsigned char mac[kTicketSecretBytes];
  unsigned char cipher[kTicketSecretBytes];
};

/** What an SSL_CTX needs beside itself. OpenSSL counts the references of the SSL_CTX and frees this with it. */
struct Settings {
  Engine* engine = nullptr;
  std::vector<std::shared_ptr<const Identity>> identities;
  /** For clients without a name that is known; the SSL_CTX has them. */
  std::vector<const Identity*> fallback;
  /** `a.example` → identities, `.example` → those of `*.example`. */
  std::unordered_map<std::string, std::vector<const Identity*>> names;
  bool matches_any_depth = false;
  std::string protocols;
  /** The first encrypts, all decrypt. */
  std::vector<TicketKey> ticket_keys;
  bool takes_early_data = false;
  bool asks_for_certificate = false;
  bool keeps_hello = false;
  ~Settings();
};

Settings* settings_of(const SSL_CTX* context);
/** The certificate that was shown; for a resumed session, which shows none, the first that may have been. */
const Identity* shown_identity(const SSL* ssl);

struct Listener {
  uv_poll_t poll;
  Engine* engine;
  uint32_t id;
  int fd;
  ContextPointer context;
  bool is_paused = false;
  bool is_closed = false;
};

enum class Phase : uint8_t { kFirstByte, kEarlyData, kHandshake, kOpen };

struct Connection {
  uv_poll_t poll;
  Engine* engine;
  SSL* ssl = nullptr;
  uint64_t accepted_ms;
  uint32_t id;
  uint32_t listener;
  int fd;
  int watched = 0;
  /** What OpenSSL read until it had the first hello. */
  uint32_t hello_bytes = 0;
  Phase phase = Phase::kFirstByte;
  bool is_closed = false;
  bool hello_seen = false;
  /** Its hello is there, but too many handshakes run: it is not read until one of them ends. */
  bool is_waiting = false;
  /** It is one of the handshakes that `under_way` counts. */
  bool is_under_way = false;
  /** False while JavaScript paused the connection. */
  bool is_reading = true;
  bool has_peer_ended = false;
  /** JavaScript closed its half; it closes as soon as the handshake allows and the kernel took the rest. */
  bool is_ending = false;
  bool is_half_closed = false;
  /** The first hello as it came, where the settings keep it. */
  std::string hello;
  /** TLS records the kernel did not take, from `waiting_from` on. */
  size_t waiting_from = 0;
  std::string waiting;
};

struct Engine {
  napi_env env = nullptr;
  uv_loop_t* loop = nullptr;
  napi_async_cleanup_hook_handle hook = nullptr;
  napi_ref receiver = nullptr, on_accept = nullptr, on_event = nullptr;
  napi_ref plain_ref = nullptr, facts_ref = nullptr, filter_ref = nullptr;
  uv_timer_t tick;
  uv_prepare_t turn;
  int open_handles = 0;
  bool is_over = false;
  uint32_t hello_ms = 0, handshake_ms = 0, most_handshakes = 0, most_waiting = 0;
  int hellos_this_turn = 0;

  std::vector<Connection*> slots;
  std::vector<uint32_t> free_slots;
  uint32_t generation = 0;
  /** Accepted, and not through the handshake: these have time limits. */
  std::unordered_set<Connection*> handshaking;
  /** Those of them that have begun and so hold a TLS session. */
  uint32_t under_way = 0;
  /** Those that wait for one to end, by their ids, in order; some may have gone. */
  std::deque<uint32_t> waiting_room;
  std::unordered_map<uint32_t, Listener*> listeners;
  uint32_t last_listener = 0;
  int paused_listeners = 0;

  /** Received bytes that TLS has not read. */
  std::vector<unsigned char> input;
  const unsigned char* input_at = nullptr;
  size_t input_left = 0;
  /** TLS records made by one OpenSSL call, on their way to the kernel. */
  std::string output;
  /** Decrypted bytes; memory of a JavaScript buffer. */
  unsigned char* plain = nullptr;
  size_t plain_size = 0;
  /** Where JavaScript reads the facts of a connection: see facts_of. */
  uint32_t* facts = nullptr;
  /** The shared replay filter, or null: then early data is refused. */
  uint64_t* filter = nullptr;
  size_t filter_size = 0;
};

// context.cc
napi_value create_identity(napi_env env, napi_callback_info info);
napi_value create_context(napi_env env, napi_callback_info info);
napi_value set_ticket_keys(napi_env env, napi_callback_info info);

// replay-filter.cc
bool is_first_use(Engine* engine, const unsigned char* client_random);

// encoder.cc
/** encodeNow(coding, level, body, output) → bytes written to `output`, or -1 */
napi_value encode_now(napi_env env, napi_callback_info info);
/** encodeLater(coding, level, body, output, done): the same on another thread; done(bytes written, or -1) */
napi_value encode_later(napi_env env, napi_callback_info info);

// listener.cc
napi_value listen_on(napi_env env, napi_callback_info info);
napi_value set_listener_context(napi_env env, napi_callback_info info);
napi_value close_listener(napi_env env, napi_callback_info info);
void close_listener_now(Listener* listener);
void look_after_handshakes(Engine* engine);

// transport.cc
BIO* make_bio(Connection* connection);
Connection* connection_of(const SSL* ssl);
/**
 * Sends what OpenSSL made; the connection keeps what the kernel does not take.
 * @param is_followed more comes soon, or FIN: one segment may carry both
 * @returns false when it is broken
 */
bool send_output(Connection* connection, bool is_followed = false);
/** Sends what the connection kept. @returns false when it is broken */
bool send_waiting(Connection* connection);

// connection.cc
Connection* find_connection(Engine* engine, uint32_t id);
Connection* add_connection(Engine* engine, uint32_t listener, int fd);
void start_reading(Connection* connection);
/** Lets handshakes begin that wait for others to end. */
void admit_waiting(Engine* engine);
/** @param resets closes so that the client sees a reset */
void close_connection(Connection* connection, bool resets);
void fail_connection(Connection* connection, const std::string& reason);
constexpr int64_t kBroken = -1;
constexpr int64_t kBlocked = -2;
/**
 * Encrypts and sends as much of `bytes` as the kernel takes.
 * @param is_last end_connection comes next
 * @returns `size` when all left; kBroken; or kBlocked minus what was taken when the kernel is full: kDrained follows
 */
int64_t write_plain(Connection* connection, const unsigned char* bytes, size_t size, bool is_last);
/** Sends close_notify and FIN. @returns true when the kernel has both, else kDrained follows */
bool end_connection(Connection* connection);
void set_reading(Connection* connection, bool is_reading);

// addon.cc
void handle_closed(Engine* engine);
/** Calls JavaScript from the event loop. @returns false when it threw or may not run any more */
bool call_out(Engine* engine, napi_ref function, const napi_value* words, size_t count, napi_value* result);

}  // namespace elbow
