// Encodes whole answers in Brotli or gzip, with the libraries that are part of Node. What node:zlib would do costs more
// than the encoding where bodies come one after another: it takes the encoder's memory from the system for each of
// them, and reports it to the garbage collector, which then runs all the time.
#include <zlib.h>

#include <cstdlib>
#include <memory>
#include <mutex>

#include "engine.h"
#include "values.h"

// Node brings the library without its header. Weak: without it the addon still loads, and says so.
extern "C" {
struct BrotliEncoderStateStruct;
using BrotliState = BrotliEncoderStateStruct;
__attribute__((weak)) BrotliState* BrotliEncoderCreateInstance(void* (*take)(void*, size_t),
                                                               void (*give)(void*, void*), void* opaque);
__attribute__((weak)) int BrotliEncoderSetParameter(BrotliState* state, int parameter, uint32_t value);
__attribute__((weak)) int BrotliEncoderCompressStream(BrotliState* state, int operation, size_t* available_in,
                                                      const uint8_t** next_in, size_t* available_out,
                                                      uint8_t** next_out, size_t* total_out);
__attribute__((weak)) int BrotliEncoderIsFinished(BrotliState* state);
__attribute__((weak)) void BrotliEncoderDestroyInstance(BrotliState* state);
}
#pragma weak deflateInit2_
#pragma weak deflate
#pragma weak deflateEnd

namespace elbow {

namespace {

constexpr int64_t kNotEncoded = -1;
enum Coding : uint32_t { kBrotli = 1, kGzip = 2 };

/**
 * Blocks of memory that encoders have given back, by powers of two; the last one given is the first one taken. All
 * threads share them: bodies that come one after another go to one thread after the other, and find the memory of the
 * one before still in the cache of the processor.
 */
class BlockCache {
 public:
  void* take(size_t size) {
    unsigned kind = kLeastKind;
    while ((size_t{1} << kind) < size + sizeof(Block)) kind++;
    Block* block = take_kept(kind);
    if (block == nullptr) block = static_cast<Block*>(std::malloc(size_t{1} << kind));
    if (block == nullptr) return nullptr;
    block->kind = kind;
    return block + 1;
  }

  void give(void* memory) {
    if (memory == nullptr) return;
    Block* block = static_cast<Block*>(memory) - 1;
    const std::lock_guard lock(mutex_);
    block->next = kept_[block->kind];
    kept_[block->kind] = block;
  }

 private:
  struct alignas(16) Block {
    Block* next;
    size_t kind;
  };

  Block* take_kept(unsigned kind) {
    const std::lock_guard lock(mutex_);
    Block* block = kept_[kind];
    if (block != nullptr) kept_[kind] = block->next;
    return block;
  }

  static constexpr unsigned kLeastKind = 6;
  std::mutex mutex_;
  Block* kept_[48] = {};
};

/** Never destroyed: other threads may encode while the process ends. */
BlockCache& blocks = *new BlockCache();

/** How a body is encoded. */
struct Manner {
  uint32_t coding, level;
};

/** The smallest window that reaches over the body, as the power of two (RFC 7932 §9.1 has 10 to 24). */
uint32_t window_bits(size_t size) {
  uint32_t bits = 10;
  while (bits < 22 && (size_t{1} << bits) < size) bits++;
  return bits;
}

/** brotli/encode.h: the numbers of what is set, and of the operation. */
enum BrotliParameter { kQuality = 1, kWindowBits = 2, kSizeHint = 5 };
constexpr int kBrotliFinish = 2;

int64_t encode_brotli(uint32_t level, Bytes body, Bytes output) {
  BrotliState* state = BrotliEncoderCreateInstance([](void*, size_t size) { return blocks.take(size); },
                                                   [](void*, void* memory) { blocks.give(memory); }, nullptr);
  if (state == nullptr) return kNotEncoded;
  BrotliEncoderSetParameter(state, kQuality, level);
  BrotliEncoderSetParameter(state, kWindowBits, window_bits(body.size));
  BrotliEncoderSetParameter(state, kSizeHint, static_cast<uint32_t>(body.size));
  size_t left = body.size, room = output.size;
  const uint8_t* from = body.data;
  uint8_t* to = output.data;
  const bool is_good = BrotliEncoderCompressStream(state, kBrotliFinish, &left, &from, &room, &to, nullptr) != 0 &&
                       BrotliEncoderIsFinished(state) != 0;
  BrotliEncoderDestroyInstance(state);
  return is_good ? static_cast<int64_t>(output.size - room) : kNotEncoded;
}

/** zlib.h: the largest window, 16 more for the head and tail of gzip; its usual amount of memory. */
constexpr int kGzipWindowBits = 15 + 16;
constexpr int kGzipMemoryLevel = 8;

int64_t encode_gzip(uint32_t level, Bytes body, Bytes output) {
  z_stream stream = {};
  stream.zalloc = [](void*, uInt count, uInt size) { return blocks.take(size_t{count} * size); };
  stream.zfree = [](void*, void* memory) { blocks.give(memory); };
  if (deflateInit2(&stream, static_cast<int>(level), Z_DEFLATED, kGzipWindowBits, kGzipMemoryLevel,
                   Z_DEFAULT_STRATEGY) != Z_OK)
    return kNotEncoded;
  stream.next_in = body.data;
  stream.avail_in = static_cast<uInt>(body.size);
  stream.next_out = output.data;
  stream.avail_out = static_cast<uInt>(output.size);
  const bool is_good = deflate(&stream, Z_FINISH) == Z_STREAM_END;
  deflateEnd(&stream);
  return is_good ? static_cast<int64_t>(output.size - stream.avail_out) : kNotEncoded;
}

/** @returns the bytes written to `output`, or kNotEncoded where they do not fit or the library is not there */
int64_t encode(Manner manner, Bytes body, Bytes output) {
  if (manner.coding == kBrotli && BrotliEncoderCreateInstance != nullptr)
    return encode_brotli(manner.level, body, output);
  if (manner.coding == kGzip && deflateInit2_ != nullptr) return encode_gzip(manner.level, body, output);
  return kNotEncoded;
}

/** A body that another thread encodes. The references keep its memory from the garbage collector. */
struct Task {
  napi_async_work work = nullptr;
  napi_ref kept[3] = {};
  Manner manner;
  Bytes body, output;
  int64_t result = kNotEncoded;
};

void run(napi_env, void* data) {
  auto* task = static_cast<Task*>(data);
  task->result = encode(task->manner, task->body, task->output);
}

void complete(napi_env env, napi_status, void* data) {
  const std::unique_ptr<Task> task(static_cast<Task*>(data));
  napi_value receiver = nullptr, done = nullptr;
  napi_get_undefined(env, &receiver);
  napi_get_reference_value(env, task->kept[2], &done);
  for (napi_ref each : task->kept) napi_delete_reference(env, each);
  napi_delete_async_work(env, task->work);
  const napi_value result = from_number(env, task->result);
  // What it throws is Node's to report.
  napi_call_function(env, receiver, done, 1, &result, nullptr);
}

}  // namespace

napi_value encode_now(napi_env env, napi_callback_info info) {
  const Arguments<4> words(env, info);
  const Manner manner = {to_number(env, words.at[0]), to_number(env, words.at[1])};
  return from_number(env, encode(manner, to_bytes(env, words.at[2]), to_bytes(env, words.at[3])));
}

napi_value encode_later(napi_env env, napi_callback_info info) {
  const Arguments<5> words(env, info);
  auto task = std::make_unique<Task>();
  task->manner = {to_number(env, words.at[0]), to_number(env, words.at[1])};
  task->body = to_bytes(env, words.at[2]);
  task->output = to_bytes(env, words.at[3]);
  for (size_t at = 0; at < 3; at++) napi_create_reference(env, words.at[2 + at], 1, &task->kept[at]);
  napi_create_async_work(env, nullptr, from_text(env, "elbow.encode"), run, complete, task.get(), &task->work);
  napi_queue_async_work(env, task.release()->work);
  return nullptr;
}

}  // namespace elbow
