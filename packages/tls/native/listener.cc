// Listening sockets, and the time limits of the handshakes they begin.
#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "engine.h"
#include "values.h"

namespace elbow {

namespace {

constexpr int kAcceptsPerTurn = 64;

struct Address {
  char text[INET6_ADDRSTRLEN] = "";
  uint16_t port = 0;
};

Address readable(const sockaddr_storage& storage) {
  Address address;
  if (storage.ss_family == AF_INET) {
    const auto* four = reinterpret_cast<const sockaddr_in*>(&storage);
    inet_ntop(AF_INET, &four->sin_addr, address.text, sizeof address.text);
    address.port = ntohs(four->sin_port);
  } else {
    const auto* six = reinterpret_cast<const sockaddr_in6*>(&storage);
    inet_ntop(AF_INET6, &six->sin6_addr, address.text, sizeof address.text);
    address.port = ntohs(six->sin6_port);
  }
  return address;
}

/** Asks JavaScript whether the client may come in: access rules and limits stand before the cost of TLS. */
bool is_admitted(Engine* engine, uint32_t listener, uint32_t id, const sockaddr_storage& peer) {
  const Address address = readable(peer);
  napi_handle_scope scope;
  if (napi_open_handle_scope(engine->env, &scope) != napi_ok) return false;
  const napi_value words[] = {
      from_number(engine->env, listener),
      from_number(engine->env, id),
      from_text(engine->env, address.text),
      from_number(engine->env, address.port),
  };
  napi_value answer = nullptr;
  const bool is_answered = call_out(engine, engine->on_accept, words, 4, &answer);
  const bool is_yes = is_answered && to_bool(engine->env, answer);
  napi_close_handle_scope(engine->env, scope);
  return is_yes;
}

void pause(Listener* listener) {
  listener->is_paused = true;
  listener->engine->paused_listeners++;
  uv_poll_stop(&listener->poll);
}

bool is_passing(int error) { return error == EINTR || error == ECONNABORTED || error == EPROTO; }

/** @returns false when there is nothing more to accept now */
bool accept_one(Listener* listener) {
  Engine* engine = listener->engine;
  sockaddr_storage peer;
  socklen_t size = sizeof peer;
  const int fd = accept4(listener->fd, reinterpret_cast<sockaddr*>(&peer), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (fd < 0) {
    // Out of descriptors or memory: the queue stays readable, so asking again at once would only burn CPU.
    if (errno != EAGAIN && !is_passing(errno)) pause(listener);
    return is_passing(errno);
  }
  Connection* connection = add_connection(engine, listener->id, fd);
  if (connection == nullptr) {
    close(fd);
    return true;
  }
  const uint32_t id = connection->id;
  const bool is_in = is_admitted(engine, listener->id, id, peer);
  if (find_connection(engine, id) == nullptr) return true;
  if (is_in) start_reading(connection);
  else close_connection(connection, true);
  return true;
}

void on_listener(uv_poll_t* poll, int, int) {
  auto* listener = static_cast<Listener*>(poll->data);
  for (int count = 0; count < kAcceptsPerTurn; count++)
    if (listener->is_closed || listener->engine->is_over || !accept_one(listener)) return;
}

/** @returns a listening socket, or an errno made negative */
int open_socket(napi_env env, napi_value options, const addrinfo* where) {
  const int one = 1, six_only = flag_of(env, options, "ipv6Only") ? 1 : 0;
  const int fd = socket(where->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return -errno;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  // What it accepts has this from it, as Linux does it.
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (flag_of(env, options, "reusePort")) setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &one, sizeof one);
  if (where->ai_family == AF_INET6) setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &six_only, sizeof six_only);
  const bool is_open = bind(fd, where->ai_addr, where->ai_addrlen) == 0 &&
                       listen(fd, static_cast<int>(number_of(env, options, "backlog"))) == 0;
  if (is_open) return fd;
  const int error = errno;
  close(fd);
  return -error;
}

int open_at(napi_env env, napi_value options) {
  const std::string address = text_of(env, options, "address");
  const std::string port = std::to_string(number_of(env, options, "port"));
  addrinfo hints = {};
  hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (getaddrinfo(address.c_str(), port.c_str(), &hints, &found) != 0) return -EINVAL;
  const int fd = open_socket(env, options, found);
  freeaddrinfo(found);
  return fd;
}

SSL_CTX* share_context(napi_env env, napi_value handle) {
  void* context = nullptr;
  if (napi_get_value_external(env, handle, &context) != napi_ok) return nullptr;
  SSL_CTX_up_ref(static_cast<SSL_CTX*>(context));
  return static_cast<SSL_CTX*>(context);
}

Listener* add_listener(Engine* engine, int fd) {
  auto* listener = new Listener();
  listener->engine = engine;
  listener->fd = fd;
  listener->id = ++engine->last_listener;
  listener->poll.data = listener;
  uv_poll_init(engine->loop, &listener->poll, fd);
  engine->open_handles++;
  engine->listeners[listener->id] = listener;
  return listener;
}

Listener* find_listener(napi_env env, const Arguments<2>& words) {
  auto* engine = static_cast<Engine*>(words.data);
  const auto found = engine->listeners.find(to_number(env, words.at[0]));
  return found == engine->listeners.end() ? nullptr : found->second;
}

/** The hello has a limit of its own, so that one byte now and then holds nothing for long. */
bool is_late(const Connection* connection, uint64_t now) {
  const Engine* engine = connection->engine;
  const bool has_hello = connection->hello_seen || connection->is_waiting;
  return now - connection->accepted_ms >= (has_hello ? engine->handshake_ms : engine->hello_ms);
}

/** Lets listeners accept again that stopped for want of descriptors. */
void resume_listeners(Engine* engine) {
  if (engine->paused_listeners == 0) return;
  engine->paused_listeners = 0;
  for (const auto& [id, listener] : engine->listeners) {
    if (!listener->is_paused) continue;
    listener->is_paused = false;
    uv_poll_start(&listener->poll, UV_READABLE, on_listener);
  }
}

const char* why_late(const Connection* connection) {
  if (connection->phase == Phase::kFirstByte) return connection->is_waiting ? "too many handshakes wait" : "";
  return connection->hello_seen ? "the handshake took too long" : "the client hello took too long";
}

}  // namespace

/** listen(options, context) → [listener, port]; throws with the code of the system error. */
napi_value listen_on(napi_env env, napi_callback_info info) {
  const Arguments<2> words(env, info);
  const int fd = open_at(env, words.at[0]);
  if (fd < 0) {
    napi_throw_error(env, uv_err_name(fd), uv_strerror(fd));
    return nullptr;
  }
  Listener* listener = add_listener(static_cast<Engine*>(words.data), fd);
  listener->context.reset(share_context(env, words.at[1]));
  uv_poll_start(&listener->poll, UV_READABLE, on_listener);
  sockaddr_storage own = {};
  socklen_t size = sizeof own;
  getsockname(fd, reinterpret_cast<sockaddr*>(&own), &size);
  napi_value result = nullptr;
  napi_create_array_with_length(env, 2, &result);
  napi_set_element(env, result, 0, from_number(env, listener->id));
  napi_set_element(env, result, 1, from_number(env, readable(own).port));
  return result;
}

/** setContext(listener, context): for handshakes that begin from now on. */
napi_value set_listener_context(napi_env env, napi_callback_info info) {
  const Arguments<2> words(env, info);
  Listener* listener = find_listener(env, words);
  if (listener != nullptr) listener->context.reset(share_context(env, words.at[1]));
  return nullptr;
}

/** closeListener(listener): its open connections stay. */
napi_value close_listener(napi_env env, napi_callback_info info) {
  const Arguments<2> words(env, info);
  Listener* listener = find_listener(env, words);
  if (listener != nullptr) close_listener_now(listener);
  return nullptr;
}

void close_listener_now(Listener* listener) {
  listener->is_closed = true;
  listener->engine->listeners.erase(listener->id);
  uv_poll_stop(&listener->poll);
  close(listener->fd);
  uv_close(reinterpret_cast<uv_handle_t*>(&listener->poll), [](uv_handle_t* handle) {
    auto* closed = static_cast<Listener*>(handle->data);
    Engine* engine = closed->engine;
    delete closed;
    handle_closed(engine);
  });
}

/** A few times a second: ends handshakes that take too long, and lets listeners accept again. */
void look_after_handshakes(Engine* engine) {
  const uint64_t now = uv_now(engine->loop);
  std::vector<uint32_t> late;
  for (const Connection* connection : engine->handshaking)
    if (is_late(connection, now)) late.push_back(connection->id);
  for (const uint32_t id : late) {
    Connection* connection = find_connection(engine, id);
    if (connection == nullptr) continue;
    fail_connection(connection, why_late(connection));
    if (engine->is_over) return;
  }
  resume_listeners(engine);
  admit_waiting(engine);
}

}  // namespace elbow
