// Independent jobs over a few threads; each job writes its own place only, so the result does not depend on their number.
#ifndef TERTULIA_SRC_LEARN_JOBS_H_
#define TERTULIA_SRC_LEARN_JOBS_H_

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace tertulia {

// Runs job(0) … job(count - 1).
template <typename Job>
void run_jobs(std::size_t count, const Job& job, unsigned threads = std::thread::hardware_concurrency()) {
  threads = static_cast<unsigned>(std::clamp<std::size_t>(threads, 1, std::max<std::size_t>(count, 1)));
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < count; i = next++) job(i);
  };
  std::vector<std::thread> pool;
  for (unsigned i = 1; i < threads; ++i) pool.emplace_back(work);
  work();
  for (std::thread& thread : pool) thread.join();
}

}  // namespace tertulia

#endif  // TERTULIA_SRC_LEARN_JOBS_H_
