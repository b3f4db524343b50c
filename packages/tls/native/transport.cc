// What is below TLS: OpenSSL reads from the engine's input and writes to its output, without buffers of its own for
// each connection, and the output goes to the kernel.
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "engine.h"

namespace elbow {

namespace {

void note_hello(Connection* connection, const char* bytes, size_t count) {
  connection->hello_bytes += count;
  if (settings_of(SSL_get_SSL_CTX(connection->ssl))->keeps_hello) connection->hello.append(bytes, count);
}

int read_input(BIO* bio, char* to, int size) {
  auto* connection = static_cast<Connection*>(BIO_get_data(bio));
  Engine* engine = connection->engine;
  BIO_clear_retry_flags(bio);
  if (engine->input_left == 0) {
    BIO_set_retry_read(bio);
    return -1;
  }
  const size_t count = std::min(engine->input_left, static_cast<size_t>(size));
  memcpy(to, engine->input_at, count);
  engine->input_at += count;
  engine->input_left -= count;
  if (!connection->hello_seen) note_hello(connection, to, count);
  return static_cast<int>(count);
}

int write_output(BIO* bio, const char* bytes, int size) {
  BIO_clear_retry_flags(bio);
  static_cast<Connection*>(BIO_get_data(bio))->engine->output.append(bytes, static_cast<size_t>(size));
  return size;
}

long control(BIO*, int command, long, void*) { return command == BIO_CTRL_FLUSH ? 1 : 0; }

int create(BIO* bio) {
  BIO_set_init(bio, 1);
  return 1;
}

BIO_METHOD* make_method() {
  BIO_METHOD* method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "elbow connection");
  BIO_meth_set_read(method, read_input);
  BIO_meth_set_write(method, write_output);
  BIO_meth_set_ctrl(method, control);
  BIO_meth_set_create(method, create);
  return method;
}

/** @returns how much the kernel took, negative when the connection is broken */
ssize_t send_now(int fd, const char* bytes, size_t size, int flags = 0) {
  ssize_t sent;
  do sent = send(fd, bytes, size, MSG_NOSIGNAL | flags);
  while (sent < 0 && errno == EINTR);
  return sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK) ? 0 : sent;
}

}  // namespace

BIO* make_bio(Connection* connection) {
  static BIO_METHOD* const method = make_method();
  BIO* bio = BIO_new(method);
  if (bio != nullptr) BIO_set_data(bio, connection);
  return bio;
}

/** What OpenSSL writes to is wrapped during a handshake; what it reads from is not. */
Connection* connection_of(const SSL* ssl) { return static_cast<Connection*>(BIO_get_data(SSL_get_rbio(ssl))); }

bool send_waiting(Connection* connection) {
  std::string& waiting = connection->waiting;
  const size_t size = waiting.size() - connection->waiting_from;
  const ssize_t sent = send_now(connection->fd, waiting.data() + connection->waiting_from, size);
  if (sent < 0) return false;
  connection->waiting_from += static_cast<size_t>(sent);
  if (connection->waiting_from < waiting.size()) return true;
  connection->waiting_from = 0;
  std::string().swap(waiting);
  return true;
}

bool send_output(Connection* connection, bool is_followed) {
  std::string& output = connection->engine->output;
  if (output.empty()) return true;
  ssize_t sent = 0;
  if (connection->waiting.empty()) {
    // In one segment with what follows: the client wakes up once.
    sent = send_now(connection->fd, output.data(), output.size(), is_followed ? MSG_MORE : 0);
  }
  if (sent >= 0) connection->waiting.append(output, static_cast<size_t>(sent), std::string::npos);
  output.clear();
  return sent >= 0;
}

}  // namespace elbow
