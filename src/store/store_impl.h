// What a Store holds. Shared by the files that implement Store: store.cc, query.cc, segments.cc.
#ifndef TERTULIA_SRC_STORE_STORE_IMPL_H_
#define TERTULIA_SRC_STORE_STORE_IMPL_H_

#include "base/clock.h"
#include "store/connection.h"
#include "store/schema.h"
#include "store/writer.h"
#include "tertulia/store.h"

namespace tertulia {

struct Store::Impl {
  Impl(Connection connection, StoreOptions chosen) : db(std::move(connection)), options(chosen), writer(db) {}
  Impl(const Impl&) = delete;  // the writer holds the address of db
  Impl& operator=(const Impl&) = delete;

  // The moment that "now" means. The view belief_current decays to the same one.
  [[nodiscard]] Timestamp now() const { return options.now ? *options.now : system_now(); }
  // kInvalidArgument for a store opened read-only.
  [[nodiscard]] Status writable() const;

  Connection db;
  StoreOptions options;
  Writer writer;
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_STORE_STORE_IMPL_H_
