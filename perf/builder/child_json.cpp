#include <exception>
#include <utility>

#include <nlohmann/json.hpp>

#include "perf/builder/child.h"

// Between two processes of one program: whatever order and types there are, both sides know them.
namespace perf {
namespace {

using nlohmann::json;

json values_of(const Sample& sample) {
  json phases = json::object();
  for (const auto& [name, phase] : sample.phases) {
    phases[name] = {phase.ms, phase.cost_ms, phase.spans};
  }
  json measures = json::array();
  for (const double value : sample.measures) {
    measures.push_back(value);
  }
  json counters = json::array();
  for (const std::uint64_t value : sample.counters) {
    counters.push_back(value);
  }
  return {{"measures", measures}, {"counters", counters}, {"phases", phases}};
}

Sample read_child_sample(const json& values) {
  Sample sample;
  std::size_t next = 0;
  for (double& value : sample.measures) {
    value = values.at("measures").at(next++);
  }
  next = 0;
  for (std::uint64_t& value : sample.counters) {
    value = values.at("counters").at(next++);
  }
  for (const auto& [name, phase] : values.at("phases").items()) {
    sample.phases[name] = {phase.at(0), phase.at(1), phase.at(2)};
  }
  return sample;
}

template <typename Read>
auto read_child_json(const std::string& text, Read read) -> base::Result<decltype(read(json()))> {
  try {
    return read(json::parse(text));
  } catch (const std::exception& error) {
    return base::fail(base::ErrorCode::corrupt, std::string("no answer: ") + error.what());
  }
}

}  // namespace

std::string to_json(const ChildRequest& request) {
  return json{{"task", static_cast<int>(request.task)},
              {"root", request.root},
              {"threads", request.threads},
              {"traced", request.is_traced},
              {"slowPhase", request.slow_phase.name},
              {"slowPercent", request.slow_phase.percent},
              {"scenario", request.scenario},
              {"warmup", request.warmup},
              {"iterations", request.iterations},
              {"repetitions", request.repetitions},
              {"minTimeMs", request.min_time_ms}}
      .dump(-1, ' ', false, json::error_handler_t::replace);
}

base::Result<ChildRequest> read_child_request(const std::string& text) {
  return read_child_json(text, [](const json& values) {
    ChildRequest request;
    request.task = static_cast<ChildRequest::Task>(values.at("task").get<int>());
    request.root = values.at("root");
    request.threads = values.at("threads");
    request.is_traced = values.at("traced");
    request.slow_phase.name = values.at("slowPhase");
    request.slow_phase.percent = values.at("slowPercent");
    request.scenario = values.at("scenario");
    request.warmup = values.at("warmup");
    request.iterations = values.at("iterations");
    request.repetitions = values.at("repetitions");
    request.min_time_ms = values.at("minTimeMs");
    return request;
  });
}

std::string to_json(const ChildAnswer& answer) {
  json samples = json::array();
  for (const Sample& sample : answer.samples) {
    samples.push_back(values_of(sample));
  }
  json leaves = json::array();
  for (const EditTarget& leaf : answer.leaves) {
    leaves.push_back({leaf.path, static_cast<int>(leaf.form), leaf.name});
  }
  json check;
  if (answer.check) {
    check = {answer.check->outputs,
             answer.check->equal,
             answer.check->unchanged_modules,
             answer.check->untouched_modules};
  }
  return json{{"samples", samples},
              {"repetitions", answer.repetitions},
              {"check", check},
              {"files", answer.size.files},
              {"bytes", answer.size.bytes},
              {"definitions", answer.size.definitions},
              {"leaves", leaves},
              {"users", answer.users},
              {"sourceFolder", answer.source_folder},
              {"schemaFile", answer.schema_file},
              {"outDir", answer.out_dir},
              {"cacheDir", answer.cache_dir}}
      .dump(-1, ' ', false, json::error_handler_t::replace);
}

base::Result<ChildAnswer> read_child_answer(const std::string& text) {
  return read_child_json(text, [](const json& values) {
    ChildAnswer answer;
    for (const json& sample : values.at("samples")) {
      answer.samples.push_back(read_child_sample(sample));
    }
    answer.repetitions = values.at("repetitions");
    for (const json& leaf : values.at("leaves")) {
      const auto form = static_cast<EditTarget::Form>(leaf.at(1).get<int>());
      answer.leaves.push_back({leaf.at(0), form, leaf.at(2), 0});
    }
    if (const json& check = values.at("check"); !check.is_null()) {
      answer.check = OutputCheck{check.at(0), check.at(1), check.at(2), check.at(3)};
    }
    answer.size = {values.at("files"), values.at("bytes"), values.at("definitions")};
    answer.users = values.at("users");
    answer.source_folder = values.at("sourceFolder");
    answer.schema_file = values.at("schemaFile");
    answer.out_dir = values.at("outDir");
    answer.cache_dir = values.at("cacheDir");
    return answer;
  });
}

}  // namespace perf
