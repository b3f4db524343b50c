// Between JavaScript values and C++ values. The TypeScript side passes what its types say; a wrong type reads as empty.
#pragma once

#include <node_api.h>

#include <cstdint>
#include <string>
#include <vector>

namespace elbow {

template <size_t N>
struct Arguments {
  napi_value at[N] = {};
  size_t count = N;
  void* data = nullptr;
  Arguments(napi_env env, napi_callback_info info) {
    napi_get_cb_info(env, info, &count, at, nullptr, &data);
  }
};

inline std::string to_text(napi_env env, napi_value value) {
  size_t length = 0;
  if (napi_get_value_string_utf8(env, value, nullptr, 0, &length) != napi_ok) return "";
  std::string text(length + 1, '\0');
  napi_get_value_string_utf8(env, value, &text[0], text.size(), &length);
  text.resize(length);
  return text;
}

inline uint32_t to_number(napi_env env, napi_value value) {
  uint32_t number = 0;
  napi_get_value_uint32(env, value, &number);
  return number;
}

inline bool to_bool(napi_env env, napi_value value) {
  bool is = false;
  napi_get_value_bool(env, value, &is);
  return is;
}

struct Bytes {
  unsigned char* data = nullptr;
  size_t size = 0;
};

/** The memory of a Uint8Array, also one over shared memory. */
inline Bytes to_bytes(napi_env env, napi_value value) {
  bool is_array = false;
  napi_is_typedarray(env, value, &is_array);
  Bytes bytes;
  napi_typedarray_type type;
  void* data = nullptr;
  if (!is_array) return bytes;
  if (napi_get_typedarray_info(env, value, &type, &bytes.size, &data, nullptr, nullptr) != napi_ok) return {};
  if (type != napi_uint8_array) return {};
  bytes.data = static_cast<unsigned char*>(data);
  return bytes;
}

inline napi_value property(napi_env env, napi_value object, const char* name) {
  napi_value value = nullptr;
  napi_get_named_property(env, object, name, &value);
  return value;
}

inline std::string text_of(napi_env env, napi_value object, const char* name) {
  return to_text(env, property(env, object, name));
}

inline uint32_t number_of(napi_env env, napi_value object, const char* name) {
  return to_number(env, property(env, object, name));
}

inline bool flag_of(napi_env env, napi_value object, const char* name) {
  return to_bool(env, property(env, object, name));
}

inline std::vector<napi_value> elements(napi_env env, napi_value array) {
  uint32_t count = 0;
  napi_get_array_length(env, array, &count);
  std::vector<napi_value> values(count);
  for (uint32_t at = 0; at < count; at++) napi_get_element(env, array, at, &values[at]);
  return values;
}

inline napi_value from_text(napi_env env, const char* text, size_t length = NAPI_AUTO_LENGTH) {
  napi_value value = nullptr;
  if (text == nullptr) napi_get_null(env, &value);
  else napi_create_string_latin1(env, text, length, &value);
  return value;
}

inline napi_value from_number(napi_env env, int64_t number) {
  napi_value value = nullptr;
  napi_create_int64(env, number, &value);
  return value;
}

inline napi_value from_bool(napi_env env, bool is) {
  napi_value value = nullptr;
  napi_get_boolean(env, is, &value);
  return value;
}

}  // namespace elbow
