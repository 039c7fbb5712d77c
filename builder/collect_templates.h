#pragma once

#include "base/thread_pool.h"
#include "builder/build_input.h"
#include "builder/template_memory.h"
#include "builder/template_unit.h"

namespace builder {

/// Finds out which templates are GraphQL, puts their texts together and parses them. Takes from
/// `memory` what that knows, and keeps there what it may; null for none.
CollectedTemplates collect_templates(const BuildInput& input,
                                     base::ThreadPool& pool,
                                     TemplateMemory* memory = nullptr);

}  // namespace builder
