#include "discovery/glob.h"

#include <algorithm>
#include <optional>

#include "discovery/brace_expansion.h"

namespace discovery {
namespace {

// The parts between slashes, without `.` and empty ones. A slash inside a group divides nothing.
std::vector<std::string_view> parts_of(std::string_view pattern) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  std::size_t at = 0;
  while (at <= pattern.size()) {
    if (at == pattern.size() || pattern[at] == '/') {
      const std::string_view part = pattern.substr(begin, at - begin);
      if (!part.empty() && part != ".") {
        parts.push_back(part);
      }
      begin = ++at;
      continue;
    }
    const std::size_t group_end = end_of_group(pattern, at);
    at = group_end != std::string_view::npos ? group_end : at + (pattern[at] == '\\' ? 2 : 1);
  }
  return parts;
}

std::vector<std::string> names_of(std::string_view path) {
  std::vector<std::string> names;
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    if (slash > 0) {
      names.emplace_back(path.substr(0, slash));
    }
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  return names;
}

bool is_negation(std::string_view pattern) {
  return pattern.starts_with('!') && !pattern.starts_with("!(");
}

}  // namespace

base::Result<GlobList> GlobList::compile(std::string_view root,
                                         const std::vector<std::string>& patterns,
                                         GlobPurpose purpose) {
  GlobList list;
  list.root_ = base::normalize_path(root);
  for (const std::string& pattern : patterns) {
    base::Status added = list.add(list.root_, pattern, purpose);
    if (!added) {
      return base::fail(added.error().code,
                        "bad glob \"" + pattern.substr(0, 200) + "\": " + added.error().message);
    }
  }
  list.at_root_ = list.at_folder(list.root_);
  return list;
}

base::Status GlobList::add(std::string_view root, std::string_view written, GlobPurpose purpose) {
  Sequence rules;
  rules.pattern = pattern_count_++;
  rules.is_negated = is_negation(written);
  rules.takes_all_names = rules.is_negated || purpose == GlobPurpose::refuse;
  TRY_ASSIGN(const std::vector<std::string> patterns,
             expand_braces(written.substr(rules.is_negated ? 1 : 0)));
  for (const std::string& pattern : patterns) {
    TRY(add_sequence(root, pattern, rules));
  }
  return {};
}

// The steps that `pattern` adds to those of the root.
base::Status GlobList::add_steps(std::string_view pattern, std::vector<Step>& steps) {
  for (const std::string_view part : parts_of(pattern)) {
    if (part == "..") {
      if (!steps.empty() && !steps.back().name.is_literal()) {
        return base::fail(base::ErrorCode::invalid_config, "\"..\" stands behind a wildcard");
      }
      steps.resize(steps.size() - std::min<std::size_t>(steps.size(), 1));
      continue;
    }
    Step step;
    step.kind = part == "**" ? Step::Kind::any_folders : Step::Kind::name;
    TRY_ASSIGN(step.name, NamePattern::compile(part));
    const bool repeats = step.kind == Step::Kind::any_folders && !steps.empty() &&
                         steps.back().kind == Step::Kind::any_folders;
    if (!repeats) {
      steps.push_back(std::move(step));
    }
  }
  return {};
}

base::Status GlobList::add_sequence(std::string_view root,
                                    std::string_view pattern,
                                    Sequence rules) {
  const std::vector<std::string_view> parts = parts_of(pattern);
  if (parts.empty() && pattern.find_first_of("./") == std::string_view::npos) {
    return base::fail(base::ErrorCode::invalid_config, "the pattern is empty");
  }
  std::vector<Step> steps;
  if (!pattern.starts_with('/')) {
    for (std::string& name : names_of(root)) {
      Step& step = steps.emplace_back();
      step.kind = Step::Kind::name;
      step.name = NamePattern::literal_name(std::move(name));
    }
    const bool begins_anywhere = !parts.empty() && parts.front() == "**";
    rules.root_steps =
        rules.takes_all_names && begins_anywhere ? static_cast<std::uint32_t>(steps.size()) : 0;
  }
  TRY(add_steps(pattern, steps));
  const bool names_folder =
      parts.empty() || parts.back() == ".." || pattern.ends_with('/') || pattern.ends_with("/.");
  const bool ends_in_all = !steps.empty() && steps.back().kind == Step::Kind::any_folders;
  const bool may_name_folder =
      rules.takes_all_names || steps.empty() || (!ends_in_all && steps.back().name.is_literal());
  if (!names_folder) {
    append(steps, rules, false);
  }
  if (names_folder || (may_name_folder && !ends_in_all)) {
    append(steps, rules, true);
  }
  return {};
}

void GlobList::append(const std::vector<Step>& steps, Sequence rules, bool takes_folder) {
  rules.begin = static_cast<std::uint32_t>(steps_.size());
  const auto number = static_cast<std::uint32_t>(sequences_.size());
  sequences_.push_back(rules);
  steps_.insert(steps_.end(), steps.begin(), steps.end());
  const bool ends_in_all = !steps.empty() && steps.back().kind == Step::Kind::any_folders;
  if (takes_folder && !ends_in_all) {
    steps_.emplace_back().kind = Step::Kind::any_folders;
  }
  steps_.emplace_back();
  for (std::size_t i = rules.begin; i < steps_.size(); ++i) {
    steps_[i].sequence = number;
  }
}

// Adds the position and those that need no further name. `**` at the end needs one: `*/**` takes
// no file of the root.
void GlobList::reach(std::uint32_t position, std::vector<std::uint32_t>& positions) const {
  positions.push_back(position);
  while (steps_[position].kind == Step::Kind::any_folders && !covers(position)) {
    positions.push_back(++position);
  }
}

// Adds the positions behind `position` once it took a name.
void GlobList::pass(std::uint32_t position, std::vector<std::uint32_t>& positions) const {
  if (steps_[position].kind != Step::Kind::any_folders) {
    reach(position + 1, positions);
    return;
  }
  reach(position, positions);
  if (covers(position)) {
    positions.push_back(position + 1);
  }
}

bool GlobList::takes(const Step& step, std::string_view name) const {
  const bool takes_all_names = sequences_[step.sequence].takes_all_names;
  const DotNames dots = takes_all_names ? DotNames::any : DotNames::spelled_out;
  const bool is_wildcard = step.kind == Step::Kind::any_folders || !step.name.is_literal();
  if (is_wildcard && !takes_all_names && name == "node_modules") {
    return false;
  }
  if (step.kind == Step::Kind::any_folders) {
    return dots == DotNames::any || !name.starts_with('.');
  }
  return step.kind == Step::Kind::name && step.name.matches(name, dots);
}

void GlobList::advance(std::uint32_t position, std::string_view name, Progress& result) const {
  const Step& step = steps_[position];
  if (takes(step, name)) {
    pass(position, result.positions);
    return;
  }
  // Outside the root a pattern with a leading `**/` begins where the path leaves that of the root.
  const Sequence& sequence = sequences_[step.sequence];
  const std::uint32_t body = sequence.begin + sequence.root_steps;
  if (position < body) {
    std::vector<std::uint32_t> starts;
    reach(body, starts);
    for (const std::uint32_t start : starts) {
      if (takes(steps_[start], name)) {
        pass(start, result.positions);
      }
    }
  }
}

GlobList::Progress GlobList::enter(const Progress& folder, std::string_view name) const {
  Progress result;
  for (const std::uint32_t position : folder.positions) {
    advance(position, name, result);
  }
  std::vector<std::uint32_t>& positions = result.positions;
  std::sort(positions.begin(), positions.end());
  positions.erase(std::unique(positions.begin(), positions.end()), positions.end());
  return result;
}

GlobList::Progress GlobList::at_folder(std::string_view absolute_path) const {
  Progress progress;
  for (const Sequence& sequence : sequences_) {
    reach(sequence.begin, progress.positions);
  }
  for (const std::string& name : names_of(absolute_path)) {
    progress = enter(progress, name);
  }
  return progress;
}

// Whether the name is the last one that the pattern asks for. Without making a Progress: this is
// asked for every file of a tree.
bool GlobList::ends_with(std::uint32_t position, std::string_view name) const {
  const Step& step = steps_[position];
  const bool is_last =
      step.kind == Step::Kind::any_folders
          ? covers(position)
          : step.kind == Step::Kind::name && steps_[position + 1].kind == Step::Kind::end;
  return is_last && takes(step, name);
}

bool GlobList::matches_file(const Progress& folder, std::string_view name) const {
  // Positions are sorted, so the first one found from the back is that of the last pattern.
  for (auto it = folder.positions.rbegin(); it != folder.positions.rend(); ++it) {
    const Sequence& sequence = sequences_[steps_[*it].sequence];
    const std::uint32_t body = sequence.begin + sequence.root_steps;
    bool is_match = ends_with(*it, name);
    if (*it < body && !takes(steps_[*it], name)) {
      std::vector<std::uint32_t> starts;
      reach(body, starts);
      is_match = std::any_of(starts.begin(), starts.end(), [&](std::uint32_t start) {
        return ends_with(start, name);
      });
    }
    if (is_match) {
      return !sequence.is_negated;
    }
  }
  return false;
}

bool GlobList::matches(const base::SourcePath& path) const {
  if (!path.is_inside_root()) {
    const std::string absolute = base::join_path(root_, path.text());
    return matches_file(at_folder(base::parent_path(absolute)), path.file_name());
  }
  Progress folder = at_root_;
  for (const std::string& name : names_of(path.folder())) {
    folder = enter(folder, name);
  }
  return matches_file(folder, path.file_name());
}

// Whether the pattern takes everything from here on.
bool GlobList::covers(std::uint32_t position) const {
  return steps_[position].kind == Step::Kind::any_folders &&
         steps_[position + 1].kind == Step::Kind::end;
}

bool GlobList::may_match_below(const Progress& folder) const {
  // From the last pattern to the first: once a negated one takes everything, those before it have
  // no say.
  std::optional<std::uint32_t> covered_before;
  for (auto it = folder.positions.rbegin(); it != folder.positions.rend(); ++it) {
    const Sequence& sequence = sequences_[steps_[*it].sequence];
    if (covered_before && sequence.pattern < *covered_before) {
      return false;
    }
    if (!sequence.is_negated && steps_[*it].kind != Step::Kind::end) {
      return true;
    }
    if (sequence.is_negated && covers(*it)) {
      covered_before = sequence.pattern;
    }
  }
  return false;
}

bool GlobList::matches_all_below(const Progress& folder) const {
  for (auto it = folder.positions.rbegin(); it != folder.positions.rend(); ++it) {
    const bool is_negated = sequences_[steps_[*it].sequence].is_negated;
    if (is_negated && steps_[*it].kind != Step::Kind::end) {
      return false;
    }
    if (!is_negated && covers(*it)) {
      return true;
    }
  }
  return false;
}

std::vector<std::string> GlobList::start_folders() const {
  std::vector<std::string> folders;
  for (const Sequence& sequence : sequences_) {
    if (sequence.is_negated) {
      continue;
    }
    std::string folder;
    std::uint32_t at = sequence.begin;
    // The last name is that of a file, unless `**` follows it.
    while (steps_[at].kind == Step::Kind::name && steps_[at].name.is_literal() &&
           steps_[at + 1].kind != Step::Kind::end) {
      folder.append("/").append(steps_[at].name.literal());
      ++at;
    }
    folders.push_back(folder.empty() ? "/" : folder);
  }
  std::sort(folders.begin(), folders.end());
  std::vector<std::string> tops;
  for (const std::string& folder : folders) {
    const bool is_inside = std::any_of(tops.begin(), tops.end(), [&](const std::string& top) {
      return folder == top || top == "/" || folder.starts_with(top + "/");
    });
    if (!is_inside) {
      tops.push_back(folder);
    }
  }
  return tops;
}

}  // namespace discovery
