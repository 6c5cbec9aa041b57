// Files through the pipeline into the store, on several threads and in the order of the input.
#ifndef TERTULIA_SRC_ENGINE_BATCH_H_
#define TERTULIA_SRC_ENGINE_BATCH_H_

#include <string>
#include <vector>

#include "engine/pipeline.h"
#include "tertulia/engine.h"

namespace tertulia {

[[nodiscard]] Result<BatchReport> mine_files(const Pipeline& pipeline, const std::vector<std::string>& files,
                                             Store& store, Vault& vault, const MineOptions& options);

}  // namespace tertulia

#endif  // TERTULIA_SRC_ENGINE_BATCH_H_
