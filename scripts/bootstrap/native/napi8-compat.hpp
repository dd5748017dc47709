// Lets better-sqlite3's unchanged sources, written for Node-API 10, be compiled for Node-API 8.
//
// The one thing of Node-API 10 that they use is a persistent reference to a value that is no object (strings,
// and the start value of an aggregate). Before version 10 only objects could be referenced, so such a value is
// kept in a one-element array and the array is referenced instead. The compiler includes this file ahead of
// each C++ source.
#pragma once

#undef NAPI_VERSION
#define NAPI_VERSION 8
#include <napi.h>

namespace Napi {

// An all-zero instance is an empty reference: better-sqlite3 keeps some of these in memory that SQLite zeroes.
template <typename T>
class BoxedReference {
 public:
  Napi::Env Env() const { return box_.Env(); }
  bool IsEmpty() const { return box_.IsEmpty(); }
  void Reset() { box_.Reset(); }

  void Reset(const T& value, uint32_t refcount) {
    Array box = Array::New(value.Env(), 1);
    box.Set(0u, value);
    box_.Reset(box, refcount);
  }

  T Value() const {
    napi_value value = nullptr;
    if (!box_.IsEmpty()) napi_get_element(box_.Env(), box_.Value(), 0, &value);
    return T(box_.Env(), value);
  }

 private:
  Reference<Array> box_;
};

template <>
class Reference<String> : public BoxedReference<String> {
 public:
  static Reference New(const Napi::String& value, uint32_t refcount) {
    Reference reference;
    reference.Reset(value, refcount);
    return reference;
  }
};

template <>
class Reference<Value> : public BoxedReference<Value> {
 public:
  static Reference New(const Napi::Value& value, uint32_t refcount) {
    Reference reference;
    reference.Reset(value, refcount);
    return reference;
  }
};

}  // namespace Napi
