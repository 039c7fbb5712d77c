#pragma once

#include "base/thread_pool.h"
#include "builder/build_input.h"
#include "builder/template_unit.h"

namespace builder {

/// Finds out which templates are GraphQL, puts their texts together and parses them.
CollectedTemplates collect_templates(const BuildInput& input, base::ThreadPool& pool);

}  // namespace builder
