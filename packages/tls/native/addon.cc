// The addon as JavaScript sees it. The TypeScript side of every function is declared in native-binding.ts.
#include <algorithm>
#include <cstring>

#include "engine.h"
#include "values.h"

namespace elbow {

namespace {

constexpr size_t kReceiveBytes = 64 * 1024;
constexpr uint64_t kTickMs = 250;

Engine* engine_of(napi_env env) {
  void* engine = nullptr;
  napi_get_instance_data(env, &engine);
  return static_cast<Engine*>(engine);
}

template <size_t N>
Connection* connection_of(napi_env env, const Arguments<N>& words) {
  return find_connection(static_cast<Engine*>(words.data), to_number(env, words.at[0]));
}

void close_timer(uv_handle_t* handle) {
  uv_close(handle, [](uv_handle_t* closed) { handle_closed(static_cast<Engine*>(closed->data)); });
}

/** Nothing of the engine is left in the loop. */
void release(Engine* engine) {
  napi_remove_async_cleanup_hook(engine->hook);
  delete engine;
}

/** The environment ends, perhaps in the middle of traffic: the loop must be left without a handle of ours. */
void clean_up(napi_async_cleanup_hook_handle hook, void* data) {
  auto* engine = static_cast<Engine*>(data);
  engine->hook = hook;
  engine->is_over = true;
  for (Connection* connection : std::vector<Connection*>(engine->slots))
    if (connection != nullptr) close_connection(connection, false);
  for (const auto& [id, listener] : std::unordered_map<uint32_t, Listener*>(engine->listeners))
    close_listener_now(listener);
  for (napi_ref each : {engine->receiver, engine->on_accept, engine->on_event, engine->plain_ref, engine->facts_ref,
                        engine->filter_ref})
    if (each != nullptr) napi_delete_reference(engine->env, each);
  if (engine->loop == nullptr) return release(engine);
  close_timer(reinterpret_cast<uv_handle_t*>(&engine->tick));
  close_timer(reinterpret_cast<uv_handle_t*>(&engine->turn));
}

void start_timers(Engine* engine) {
  uv_timer_init(engine->loop, &engine->tick);
  uv_prepare_init(engine->loop, &engine->turn);
  engine->tick.data = engine->turn.data = engine;
  engine->open_handles += 2;
  uv_timer_start(&engine->tick, [](uv_timer_t* tick) { look_after_handshakes(static_cast<Engine*>(tick->data)); },
                 kTickMs, kTickMs);
  uv_prepare_start(&engine->turn,
                   [](uv_prepare_t* turn) { static_cast<Engine*>(turn->data)->hellos_this_turn = 0; });
  uv_unref(reinterpret_cast<uv_handle_t*>(&engine->tick));
  uv_unref(reinterpret_cast<uv_handle_t*>(&engine->turn));
}

/** start({plain, facts, filter, onAccept, onEvent, helloMs, handshakeMs, mostHandshakes, mostWaiting}): once per environment. */
napi_value start(napi_env env, napi_callback_info info) {
  const Arguments<1> words(env, info);
  auto* engine = static_cast<Engine*>(words.data);
  const napi_value options = words.at[0];
  if (engine->loop != nullptr) {
    napi_throw_error(env, "ERR_TLS_SETTINGS", "the engine runs already");
    return nullptr;
  }
  const napi_value plain = property(env, options, "plain"), filter = property(env, options, "filter");
  const Bytes plain_bytes = to_bytes(env, plain), filter_bytes = to_bytes(env, filter);
  napi_value receiver;
  napi_create_object(env, &receiver);
  napi_create_reference(env, receiver, 1, &engine->receiver);
  napi_create_reference(env, plain, 1, &engine->plain_ref);
  const napi_value facts = property(env, options, "facts");
  napi_create_reference(env, facts, 1, &engine->facts_ref);
  napi_get_typedarray_info(env, facts, nullptr, nullptr, reinterpret_cast<void**>(&engine->facts), nullptr, nullptr);
  napi_create_reference(env, property(env, options, "onAccept"), 1, &engine->on_accept);
  napi_create_reference(env, property(env, options, "onEvent"), 1, &engine->on_event);
  if (filter_bytes.data != nullptr) napi_create_reference(env, filter, 1, &engine->filter_ref);
  engine->plain = plain_bytes.data;
  engine->plain_size = plain_bytes.size;
  engine->filter = reinterpret_cast<uint64_t*>(filter_bytes.data);
  engine->filter_size = filter_bytes.size / sizeof(uint64_t);
  engine->hello_ms = number_of(env, options, "helloMs");
  engine->handshake_ms = number_of(env, options, "handshakeMs");
  engine->most_handshakes = number_of(env, options, "mostHandshakes");
  engine->most_waiting = number_of(env, options, "mostWaiting");
  engine->input.resize(kReceiveBytes);
  napi_get_uv_event_loop(env, &engine->loop);
  start_timers(engine);
  return nullptr;
}

/** write(connection, bytes, isLast) → see write_plain. */
napi_value write(napi_env env, napi_callback_info info) {
  const Arguments<3> words(env, info);
  Connection* connection = connection_of(env, words);
  const Bytes bytes = to_bytes(env, words.at[1]);
  if (connection == nullptr) return from_number(env, kBroken);
  return from_number(env, write_plain(connection, bytes.data, bytes.size, to_bool(env, words.at[2])));
}

/** waiting(connection) → bytes that the kernel has not taken. */
napi_value waiting(napi_env env, napi_callback_info info) {
  const Arguments<1> words(env, info);
  const Connection* connection = connection_of(env, words);
  const size_t size = connection == nullptr ? 0 : connection->waiting.size() - connection->waiting_from;
  return from_number(env, static_cast<int64_t>(size));
}

/** end(connection) → whether close_notify and FIN are sent; else `drained` or `secured` tells. */
napi_value end(napi_env env, napi_callback_info info) {
  const Arguments<1> words(env, info);
  Connection* connection = connection_of(env, words);
  return from_bool(env, connection == nullptr || end_connection(connection));
}

napi_value set_reading_of(napi_env env, napi_callback_info info) {
  const Arguments<2> words(env, info);
  Connection* connection = connection_of(env, words);
  if (connection != nullptr) set_reading(connection, to_bool(env, words.at[1]));
  return nullptr;
}

/** close(connection, resets) */
napi_value close_one(napi_env env, napi_callback_info info) {
  const Arguments<2> words(env, info);
  Connection* connection = connection_of(env, words);
  if (connection != nullptr) close_connection(connection, to_bool(env, words.at[1]));
  return nullptr;
}

napi_value der_of(napi_env env, const X509* certificate) {
  unsigned char* der = nullptr;
  const int size = certificate == nullptr ? 0 : i2d_X509(certificate, &der);
  napi_value value = nullptr;
  if (size > 0) napi_create_buffer_copy(env, static_cast<size_t>(size), der, nullptr, &value);
  else napi_get_null(env, &value);
  OPENSSL_free(der);
  return value;
}

/** A session keeps the verdict of the handshake it comes from; the certificate may have run out since. */
long verdict_of(SSL* ssl, const X509* leaf) {
  const long result = SSL_get_verify_result(ssl);
  const bool has_expired = leaf != nullptr && X509_cmp_current_time(X509_get0_notAfter(leaf)) < 0;
  return result == X509_V_OK && has_expired ? X509_V_ERR_CERT_HAS_EXPIRED : result;
}

/** Words of `facts`, mirrored in native-facts.ts. */
enum FactWord { kVersion, kCipher, kProtocol, kIsResumed, kEarlyData, kAsksForCertificate, kVerdict, kKeepsHello };

/** 0: none was chosen. */
uint32_t protocol_number(const SSL* ssl) {
  const unsigned char* protocol = nullptr;
  unsigned size = 0;
  SSL_get0_alpn_selected(ssl, &protocol, &size);
  if (size == 0) return 0;
  return size == 2 ? 2 : 1;
}

/** facts(connection) → the name it asked for, or null; what else TLS agreed on is left in the words of `facts`. */
napi_value facts_of(napi_env env, napi_callback_info info) {
  const Arguments<1> words(env, info);
  const Connection* connection = connection_of(env, words);
  auto* facts = static_cast<Engine*>(words.data)->facts;
  std::fill(facts, facts + kKeepsHello + 1, 0);
  if (connection == nullptr || connection->ssl == nullptr) return from_text(env, nullptr);
  SSL* ssl = connection->ssl;
  const SSL_CIPHER* cipher = SSL_get_current_cipher(ssl);
  facts[kVersion] = static_cast<uint32_t>(SSL_version(ssl));
  facts[kCipher] = cipher == nullptr ? 0 : SSL_CIPHER_get_protocol_id(cipher);
  facts[kProtocol] = protocol_number(ssl);
  facts[kIsResumed] = SSL_session_reused(ssl) == 1;
  facts[kEarlyData] = static_cast<uint32_t>(SSL_get_early_data_status(ssl));
  facts[kAsksForCertificate] = settings_of(SSL_get_SSL_CTX(ssl))->asks_for_certificate;
  if (facts[kAsksForCertificate] != 0)
    facts[kVerdict] = static_cast<uint32_t>(verdict_of(ssl, SSL_get0_peer_certificate(ssl)));
  facts[kKeepsHello] = !connection->hello.empty();
  return from_text(env, SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name));
}

SSL* session_of(napi_env env, const Arguments<1>& words) {
  const Connection* connection = connection_of(env, words);
  return connection == nullptr ? nullptr : connection->ssl;
}

/** cipherName(connection) */
napi_value cipher_name(napi_env env, napi_callback_info info) {
  const Arguments<1> words(env, info);
  const SSL* ssl = session_of(env, words);
  return from_text(env, ssl == nullptr ? nullptr : SSL_get_cipher_name(ssl));
}

/** certificateId(connection) → that of the certificate that was shown, or null. */
napi_value certificate_id(napi_env env, napi_callback_info info) {
  const Arguments<1> words(env, info);
  const SSL* ssl = session_of(env, words);
  return from_text(env, ssl == nullptr ? nullptr : shown_identity(ssl)->id.c_str());
}

/** peerCertificate(connection) → its DER, or null. */
napi_value peer_certificate(napi_env env, napi_callback_info info) {
  const Arguments<1> words(env, info);
  const SSL* ssl = session_of(env, words);
  return der_of(env, ssl == nullptr ? nullptr : SSL_get0_peer_certificate(ssl));
}

/** verdictText(code) */
napi_value verdict_text(napi_env env, napi_callback_info info) {
  const Arguments<1> words(env, info);
  return from_text(env, X509_verify_cert_error_string(to_number(env, words.at[0])));
}

/** takeHello(connection): given away once, so that a connection that stays does not carry it. */
napi_value take_hello(napi_env env, napi_callback_info info) {
  const Arguments<1> words(env, info);
  Connection* connection = connection_of(env, words);
  napi_value value = nullptr;
  if (connection == nullptr || connection->hello.empty()) return from_text(env, nullptr);
  const std::string& hello = connection->hello;
  napi_create_buffer_copy(env, hello.size(), hello.data(), nullptr, &value);
  std::string().swap(connection->hello);
  return value;
}

/** counts() → [handshakes in flight, open connections] */
napi_value counts(napi_env env, napi_callback_info info) {
  const Arguments<1> words(env, info);
  const auto* engine = static_cast<Engine*>(words.data);
  const size_t open = engine->slots.size() - engine->free_slots.size();
  napi_value result = nullptr;
  napi_create_array_with_length(env, 2, &result);
  napi_set_element(env, result, 0, from_number(env, engine->under_way));
  napi_set_element(env, result, 1, from_number(env, static_cast<int64_t>(open)));
  return result;
}

struct Export {
  const char* name;
  napi_callback function;
};

constexpr Export kExports[] = {
    {"start", start},
    {"createIdentity", create_identity},
    {"createContext", create_context},
    {"setTicketKeys", set_ticket_keys},
    {"listen", listen_on},
    {"setContext", set_listener_context},
    {"closeListener", close_listener},
    {"write", write},
    {"waiting", waiting},
    {"end", end},
    {"setReading", set_reading_of},
    {"close", close_one},
    {"facts", facts_of},
    {"cipherName", cipher_name},
    {"certificateId", certificate_id},
    {"peerCertificate", peer_certificate},
    {"verdictText", verdict_text},
    {"takeHello", take_hello},
    {"counts", counts},
    {"encodeNow", encode_now},
    {"encodeLater", encode_later},
};

}  // namespace

void handle_closed(Engine* engine) {
  engine->open_handles--;
  if (engine->is_over && engine->open_handles == 0) release(engine);
}

bool call_out(Engine* engine, napi_ref function, const napi_value* words, size_t count, napi_value* result) {
  napi_value receiver = nullptr, callee = nullptr, answer = nullptr;
  napi_get_reference_value(engine->env, engine->receiver, &receiver);
  napi_get_reference_value(engine->env, function, &callee);
  const napi_status status = napi_make_callback(engine->env, nullptr, receiver, callee, count, words, &answer);
  if (status == napi_ok) {
    if (result != nullptr) *result = answer;
    return true;
  }
  napi_value thrown = nullptr;
  if (status == napi_pending_exception && napi_get_and_clear_last_exception(engine->env, &thrown) == napi_ok)
    napi_fatal_exception(engine->env, thrown);
  return false;
}

}  // namespace elbow

NAPI_MODULE_INIT() {
  using namespace elbow;
  Engine* engine = engine_of(env);
  if (engine == nullptr) {
    engine = new Engine();
    engine->env = env;
    napi_set_instance_data(env, engine, nullptr, nullptr);
    napi_add_async_cleanup_hook(env, clean_up, engine, &engine->hook);
  }
  for (const Export& each : kExports) {
    napi_value function;
    napi_create_function(env, each.name, NAPI_AUTO_LENGTH, each.function, engine, &function);
    napi_set_named_property(env, exports, each.name, function);
  }
  napi_set_named_property(env, exports, "opensslVersion", from_text(env, OpenSSL_version(OPENSSL_VERSION_STRING)));
  return exports;
}
