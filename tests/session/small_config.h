#pragma once

#include <string>

#include "session/config.h"

/// The config of a project with one schema, all of which lies in `root`.
inline session::ProjectConfig small_config(const std::string& root = "/app") {
  session::ProjectConfig project;
  project.root = root;
  project.schemas = {{"default", {"schema.graphql"}, {}}};
  project.include = {"src/**"};
  project.out_dir = root + "/.builder";
  project.cache_dir = root + "/.cache";
  return project;
}
