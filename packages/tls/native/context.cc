// One SSL_CTX per set of TLS settings. Names do not get contexts of their own: the certificate is set on the single
// connection, so versions, suites, client verification and the session id context cannot differ by name.
#include <openssl/core_names.h>
#include <openssl/pem.h>
#include <openssl/rand.h>

#include <algorithm>
#include <cctype>
#include <cstring>
#include <tuple>

#include "engine.h"
#include "values.h"

namespace elbow {

namespace {

constexpr size_t kLargestHello = 16 * 1024;
constexpr int kDeepestChain = 10;
constexpr uint32_t kSkippedEarlyBytes = 16 * 1024;
/** One block of AES. */
constexpr int kTicketIvBytes = 16;

void free_settings(void*, void* settings, CRYPTO_EX_DATA*, int, long, void*) {
  delete static_cast<Settings*>(settings);
}

int settings_index() {
  static const int index = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, free_settings);
  return index;
}

std::string openssl_reason() {
  const unsigned long code = ERR_peek_last_error();
  const char* reason = ERR_reason_error_string(code);
  std::string text = reason != nullptr ? reason : "OpenSSL gives no reason";
  ERR_clear_error();
  return text;
}

/** Never asks on the terminal for the password of an encrypted key. */
int no_password(char*, int, int, void*) { return 0; }

struct FreeBio { void operator()(BIO* it) const { BIO_free(it); } };
using BioPointer = std::unique_ptr<BIO, FreeBio>;

BioPointer bio_over(const std::string& text) {
  return BioPointer(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

std::unique_ptr<Identity> read_identity(napi_env env, napi_value pems) {
  auto identity = std::make_unique<Identity>();
  identity->id = text_of(env, pems, "id");
  const std::string chain = text_of(env, pems, "chainPem");
  std::string key = text_of(env, pems, "keyPem");
  const BioPointer chain_bio = bio_over(chain), key_bio = bio_over(key);
  identity->leaf.reset(PEM_read_bio_X509(chain_bio.get(), nullptr, no_password, nullptr));
  identity->key.reset(PEM_read_bio_PrivateKey(key_bio.get(), nullptr, no_password, nullptr));
  OPENSSL_cleanse(&key[0], key.size());
  if (!identity->leaf || !identity->key) return nullptr;
  identity->chain.reset(sk_X509_new_null());
  while (X509* next = PEM_read_bio_X509(chain_bio.get(), nullptr, no_password, nullptr))
    sk_X509_push(identity->chain.get(), next);
  ERR_clear_error();
  return identity;
}

using SharedIdentity = std::shared_ptr<const Identity>;

void release_identity(napi_env, void* identity, void*) { delete static_cast<SharedIdentity*>(identity); }

/** Null for what is not a handle of create_identity. */
SharedIdentity identity_of(napi_env env, napi_value handle) {
  void* identity = nullptr;
  if (napi_get_value_external(env, handle, &identity) != napi_ok) return nullptr;
  return *static_cast<SharedIdentity*>(identity);
}

bool add_default_identities(napi_env env, napi_value list, SSL_CTX* context) {
  Settings* settings = settings_of(context);
  for (napi_value handle : elements(env, list)) {
    const SharedIdentity identity = identity_of(env, handle);
    if (identity == nullptr) return false;
    const auto [leaf, key, chain] = std::tuple(identity->leaf.get(), identity->key.get(), identity->chain.get());
    if (SSL_CTX_use_cert_and_key(context, leaf, key, chain, 1) != 1) return false;
    settings->fallback.push_back(identity.get());
    settings->identities.push_back(identity);
  }
  return !settings->fallback.empty();
}

/** `*.a.example` is kept as `.a.example`. */
std::string map_key(std::string name) {
  for (char& letter : name) letter = static_cast<char>(tolower(static_cast<unsigned char>(letter)));
  return name.rfind("*.", 0) == 0 ? name.substr(1) : name;
}

bool add_named_identities(napi_env env, napi_value list, Settings* settings) {
  for (napi_value entry : elements(env, list)) {
    const SharedIdentity identity = identity_of(env, property(env, entry, "identity"));
    if (identity == nullptr) return false;
    for (napi_value name : elements(env, property(env, entry, "names")))
      settings->names[map_key(to_text(env, name))].push_back(identity.get());
    settings->identities.push_back(identity);
  }
  return true;
}

const std::vector<const Identity*>* find_identities(const Settings* settings, const char* asked) {
  if (asked == nullptr || settings->names.empty()) return nullptr;
  std::string name = map_key(asked);
  if (!name.empty() && name.back() == '.') name.pop_back();
  auto found = settings->names.find(name);
  // A name from the client that begins with a dot must not match the key of a wildcard.
  if (found != settings->names.end() && name[0] != '.') return &found->second;
  for (size_t dot = name.find('.'); dot != std::string::npos && dot > 0; dot = name.find('.', dot + 1)) {
    found = settings->names.find(name.substr(dot));
    if (found != settings->names.end()) return &found->second;
    if (!settings->matches_any_depth) return nullptr;
  }
  return nullptr;
}

/** Sets the certificates for the name the client asked for; OpenSSL then picks one the client can verify. */
int choose_certificate(SSL* ssl, void*) {
  const char* asked = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
  const Settings* settings = settings_of(SSL_get_SSL_CTX(ssl));
  const auto* identities = find_identities(settings, asked);
  if (identities == nullptr) return 1;
  SSL_certs_clear(ssl);
  for (const Identity* each : *identities)
    if (SSL_use_cert_and_key(ssl, each->leaf.get(), each->key.get(), each->chain.get(), 1) != 1) return 0;
  return 1;
}

/** Acknowledged, so that the name becomes part of the session (RFC 6066 §3). */
int accept_server_name(SSL*, int*, void*) { return SSL_TLSEXT_ERR_OK; }

int bound_hello(SSL* ssl, int* alert, void*) {
  auto* connection = connection_of(ssl);
  const bool is_too_large = connection->hello_bytes > kLargestHello;
  connection->hello_seen = true;
  *alert = SSL_AD_ILLEGAL_PARAMETER;
  return is_too_large ? SSL_CLIENT_HELLO_ERROR : SSL_CLIENT_HELLO_SUCCESS;
}

/** Strict: a client that offers only other protocols is refused (RFC 7301 §3.2). */
int choose_protocol(SSL* ssl, const unsigned char** chosen, unsigned char* length, const unsigned char* offered,
                    unsigned offered_length, void*) {
  const std::string& ours = settings_of(SSL_get_SSL_CTX(ssl))->protocols;
  const auto* list = reinterpret_cast<const unsigned char*>(ours.data());
  const int result = SSL_select_next_proto(const_cast<unsigned char**>(chosen), length, list,
                                           static_cast<unsigned>(ours.size()), offered, offered_length);
  return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

/** Verifies but never refuses: the verdict is what OpenSSL keeps as the result, the handshake completes. */
int judge_client(X509_STORE_CTX* store, void*) {
  // Suites that need security level 0 must not let in chains that can be forged.
  X509_VERIFY_PARAM* parameters = X509_STORE_CTX_get0_param(store);
  if (X509_VERIFY_PARAM_get_auth_level(parameters) < 1) X509_VERIFY_PARAM_set_auth_level(parameters, 1);
  if (X509_verify_cert(store) != 1 && X509_STORE_CTX_get_error(store) == X509_V_OK)
    X509_STORE_CTX_set_error(store, X509_V_ERR_UNSPECIFIED);
  ERR_clear_error();
  return 1;
}

int allow_early_data(SSL* ssl, void*) {
  unsigned char random[SSL3_RANDOM_SIZE];
  if (SSL_get_client_random(ssl, random, sizeof random) != sizeof random) return 0;
  return is_first_use(settings_of(SSL_get_SSL_CTX(ssl))->engine, random) ? 1 : 0;
}

/** Fetched once: by name OpenSSL would look for it at every ticket. */
const EVP_CIPHER* ticket_cipher() {
  static const EVP_CIPHER* const cipher = EVP_CIPHER_fetch(nullptr, "AES-256-CBC", nullptr);
  return cipher;
}

bool start_ticket(const TicketKey& key, unsigned char* iv, EVP_CIPHER_CTX* cipher, EVP_MAC_CTX* mac, int encrypts) {
  OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_octet_string(OSSL_MAC_PARAM_KEY, const_cast<unsigned char*>(key.mac), sizeof key.mac),
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, const_cast<char*>("SHA256"), 0),
      OSSL_PARAM_construct_end(),
  };
  return EVP_CipherInit_ex(cipher, ticket_cipher(), nullptr, key.cipher, iv, encrypts) == 1 &&
         EVP_MAC_CTX_set_params(mac, parameters) == 1;
}

/** @returns 0: not ours, do a full handshake; 1: resume; 2: resume and give a new ticket (SSL_CTX_set_tlsext_ticket_key_cb(3)) */
int use_ticket_key(SSL* ssl, unsigned char* name, unsigned char* iv, EVP_CIPHER_CTX* cipher, EVP_MAC_CTX* mac,
                   int encrypts) {
  const auto& keys = settings_of(SSL_get_SSL_CTX(ssl))->ticket_keys;
  if (keys.empty()) return 0;
  if (encrypts != 0) {
    memcpy(name, keys[0].name, kTicketNameBytes);
    if (RAND_bytes(iv, kTicketIvBytes) != 1) return -1;
    return start_ticket(keys[0], iv, cipher, mac, 1) ? 1 : -1;
  }
  for (const TicketKey& key : keys) {
    if (memcmp(name, key.name, kTicketNameBytes) != 0) continue;
    if (!start_ticket(key, iv, cipher, mac, 0)) return -1;
    // A TLS 1.3 ticket is for one use, so its user needs a new one.
    return &key != &keys[0] || SSL_version(ssl) == TLS1_3_VERSION ? 2 : 1;
  }
  return 0;
}

bool read_ticket_keys(napi_env env, napi_value list, Settings* settings) {
  std::vector<TicketKey> keys;
  for (napi_value value : elements(env, list)) {
    const Bytes bytes = to_bytes(env, value);
    if (bytes.size != sizeof(TicketKey)) return false;
    keys.emplace_back();
    memcpy(&keys.back(), bytes.data, sizeof(TicketKey));
  }
  settings->ticket_keys.swap(keys);
  if (!keys.empty()) OPENSSL_cleanse(keys.data(), keys.size() * sizeof(TicketKey));
  return true;
}

bool set_versions_and_suites(napi_env env, napi_value options, SSL_CTX* context) {
  const int lowest = static_cast<int>(number_of(env, options, "minVersion"));
  const int highest = static_cast<int>(number_of(env, options, "maxVersion"));
  const std::string ciphers = text_of(env, options, "ciphers"), suites = text_of(env, options, "suites");
  const std::string groups = text_of(env, options, "groups"), signatures = text_of(env, options, "signatures");
  SSL_CTX_set_options(context, SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  SSL_CTX_set_options(context, number_of(env, options, "secureOptions"));
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_dh_auto(context, 1);
  return SSL_CTX_set_min_proto_version(context, lowest) == 1 &&
         SSL_CTX_set_max_proto_version(context, highest) == 1 &&
         (ciphers.empty() || SSL_CTX_set_cipher_list(context, ciphers.c_str()) == 1) &&
         SSL_CTX_set_ciphersuites(context, suites.c_str()) == 1 &&
         (signatures.empty() || SSL_CTX_set1_sigalgs_list(context, signatures.c_str()) == 1) &&
         SSL_CTX_set1_groups_list(context, groups.c_str()) == 1;
}

void set_sessions(napi_env env, napi_value options, SSL_CTX* context) {
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_timeout(context, number_of(env, options, "sessionSeconds"));
  // Early data with stateless tickets: single use is the work of the shared filter, not of OpenSSL's own cache.
  SSL_CTX_set_options(context, SSL_OP_NO_ANTI_REPLAY);
  SSL_CTX_set_tlsext_ticket_key_evp_cb(context, use_ticket_key);
  if (settings_of(context)->ticket_keys.empty()) {
    SSL_CTX_set_options(context, SSL_OP_NO_TICKET);
    SSL_CTX_set_num_tickets(context, 0);
  }
  const uint32_t early_bytes = number_of(env, options, "earlyDataBytes");
  settings_of(context)->takes_early_data = early_bytes > 0;
  SSL_CTX_set_max_early_data(context, early_bytes);
  // Where none is taken, what comes with a ticket from before is read over; without this that would be an error.
  SSL_CTX_set_recv_max_early_data(context, std::max(early_bytes, kSkippedEarlyBytes));
  SSL_CTX_set_allow_early_data_cb(context, allow_early_data, nullptr);
}

bool add_authorities(const std::string& pem, SSL_CTX* context) {
  const BioPointer bio = bio_over(pem);
  int count = 0;
  for (; X509* read = PEM_read_bio_X509(bio.get(), nullptr, no_password, nullptr); count++) {
    const std::unique_ptr<X509, FreeX509> authority(read);
    if (X509_STORE_add_cert(SSL_CTX_get_cert_store(context), read) != 1) return false;
    if (SSL_CTX_add_client_CA(context, read) != 1) return false;
  }
  if (count > 0) ERR_clear_error();
  return count > 0;
}

bool add_revocations(const std::string& pem, SSL_CTX* context) {
  const BioPointer bio = bio_over(pem);
  X509_STORE* store = SSL_CTX_get_cert_store(context);
  int count = 0;
  for (; X509_CRL* crl = PEM_read_bio_X509_CRL(bio.get(), nullptr, no_password, nullptr); count++) {
    const bool is_added = X509_STORE_add_crl(store, crl) == 1;
    X509_CRL_free(crl);
    if (!is_added) return false;
  }
  if (count > 0) ERR_clear_error();
  return count > 0 && X509_STORE_set_flags(store, X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL) == 1;
}

bool set_client_verification(napi_env env, napi_value options, SSL_CTX* context) {
  const std::string authorities = text_of(env, options, "clientAuthoritiesPem");
  const std::string revocations = text_of(env, options, "revocationsPem");
  if (authorities.empty()) return true;
  settings_of(context)->asks_for_certificate = true;
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  SSL_CTX_set_verify_depth(context, kDeepestChain);
  SSL_CTX_set_cert_verify_callback(context, judge_client, nullptr);
  // The operator's list is what is trusted, also where it holds an intermediate without its root.
  X509_STORE_set_flags(SSL_CTX_get_cert_store(context), X509_V_FLAG_PARTIAL_CHAIN);
  return add_authorities(authorities, context) && (revocations.empty() || add_revocations(revocations, context));
}

void set_callbacks(SSL_CTX* context) {
  SSL_CTX_set_client_hello_cb(context, bound_hello, nullptr);
  SSL_CTX_set_tlsext_servername_callback(context, accept_server_name);
  SSL_CTX_set_cert_cb(context, choose_certificate, nullptr);
  if (!settings_of(context)->protocols.empty()) SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);
}

/** @returns what is wrong, or null */
const char* fill_context(napi_env env, napi_value options, SSL_CTX* context) {
  Settings* settings = settings_of(context);
  settings->matches_any_depth = flag_of(env, options, "matchesAnyDepth");
  settings->keeps_hello = flag_of(env, options, "keepsHello");
  settings->protocols = text_of(env, options, "protocols");
  const std::string session_context = text_of(env, options, "sessionIdContext");
  const auto* id = reinterpret_cast<const unsigned char*>(session_context.data());
  if (!set_versions_and_suites(env, options, context)) return "versions or ciphers";
  if (!add_default_identities(env, property(env, options, "identities"), context)) return "certificate";
  if (!add_named_identities(env, property(env, options, "named"), settings)) return "certificate of a name";
  if (!read_ticket_keys(env, property(env, options, "ticketKeys"), settings)) return "ticket key";
  if (SSL_CTX_set_session_id_context(context, id, static_cast<unsigned>(session_context.size())) != 1)
    return "session id context";
  if (!set_client_verification(env, options, context)) return "client certificate authority";
  set_sessions(env, options, context);
  set_callbacks(context);
  return nullptr;
}

void release_context(napi_env, void* context, void*) { SSL_CTX_free(static_cast<SSL_CTX*>(context)); }

}  // namespace

Settings::~Settings() {
  if (!ticket_keys.empty()) OPENSSL_cleanse(ticket_keys.data(), ticket_keys.size() * sizeof(TicketKey));
}

Settings* settings_of(const SSL_CTX* context) {
  return static_cast<Settings*>(SSL_CTX_get_ex_data(context, settings_index()));
}

const Identity* shown_identity(const SSL* ssl) {
  const Settings* settings = settings_of(SSL_get_SSL_CTX(ssl));
  const auto* named = find_identities(settings, SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name));
  const auto& candidates = named != nullptr ? *named : settings->fallback;
  for (const Identity* each : candidates)
    if (each->leaf.get() == SSL_get_certificate(ssl)) return each;
  return candidates.front();
}

/** createIdentity({id, chainPem, keyPem}) → handle; throws when they cannot be read or do not belong together. */
napi_value create_identity(napi_env env, napi_callback_info info) {
  const Arguments<1> words(env, info);
  ERR_clear_error();
  SharedIdentity identity = read_identity(env, words.at[0]);
  if (identity == nullptr || X509_check_private_key(identity->leaf.get(), identity->key.get()) != 1) {
    const std::string text = "certificate: " + openssl_reason();
    napi_throw_error(env, "ERR_TLS_SETTINGS", text.c_str());
    return nullptr;
  }
  auto shared = std::make_unique<SharedIdentity>(std::move(identity));
  napi_value handle = nullptr;
  if (napi_create_external(env, shared.get(), release_identity, nullptr, &handle) == napi_ok) shared.release();
  return handle;
}

/** createContext(options) → handle, which holds one reference; listeners and connections hold their own. */
napi_value create_context(napi_env env, napi_callback_info info) {
  const Arguments<1> words(env, info);
  ERR_clear_error();
  ContextPointer context(SSL_CTX_new(TLS_server_method()));
  auto settings = std::make_unique<Settings>();
  settings->engine = static_cast<Engine*>(words.data);
  SSL_CTX_set_ex_data(context.get(), settings_index(), settings.release());
  const char* problem = fill_context(env, words.at[0], context.get());
  if (problem != nullptr) {
    const std::string text = std::string(problem) + ": " + openssl_reason();
    napi_throw_error(env, "ERR_TLS_SETTINGS", text.c_str());
    return nullptr;
  }
  napi_value handle = nullptr;
  if (napi_create_external(env, context.get(), release_context, nullptr, &handle) == napi_ok) context.release();
  return handle;
}

/** setTicketKeys(context, keys): the first encrypts from now on. */
napi_value set_ticket_keys(napi_env env, napi_callback_info info) {
  const Arguments<2> words(env, info);
  void* context = nullptr;
  napi_get_value_external(env, words.at[0], &context);
  if (context == nullptr || !read_ticket_keys(env, words.at[1], settings_of(static_cast<SSL_CTX*>(context))))
    napi_throw_error(env, "ERR_TLS_SETTINGS", "ticket key: not 80 bytes");
  return nullptr;
}

}  // namespace elbow
