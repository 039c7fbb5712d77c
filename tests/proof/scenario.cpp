#include "tests/proof/scenario.h"

#include <algorithm>
#include <charconv>

namespace proof {
namespace {

using Kind = Edit::Kind;

// Files in a scenario are text; what an editor could not hold is written as `\xNN`, `\r`, or
// `\\` in an `escaped` block.
struct Spelling {
  std::string_view word;
  Kind kind;
  bool is_escaped;
};
constexpr Spelling k_blocks[] = {{"file", Kind::write, false},
                                 {"save", Kind::save, false},
                                 {"backdated", Kind::write_backdated, false},
                                 {"escaped", Kind::write, true},
                                 {"escaped-save", Kind::save, true},
                                 {"escaped-backdated", Kind::write_backdated, true}};

struct Command {
  std::string_view word;
  Kind kind;
};
constexpr Command k_commands[] = {{"delete", Kind::erase},
                                  {"move", Kind::move},
                                  {"link", Kind::link},
                                  {"mkdir", Kind::make_folder},
                                  {"fifo", Kind::make_fifo},
                                  {"chmod", Kind::set_mode},
                                  {"touch", Kind::touch},
                                  {"truncate", Kind::truncate},
                                  {"flip", Kind::flip},
                                  {"change-version", Kind::change_version}};

constexpr std::string_view k_arrow = " -> ";

bool has_number(Kind kind) {
  return kind == Kind::set_mode || kind == Kind::truncate || kind == Kind::flip;
}

int base_of(Kind kind) {
  return kind == Kind::set_mode ? 8 : 10;
}

std::string number_text(std::uint32_t number, int base) {
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, number, base).ptr;
  return {buffer, end};
}

// Takes the first word of `rest` away.
std::string take_word(std::string& rest) {
  const std::size_t space = std::min(rest.find(' '), rest.size());
  std::string word = rest.substr(0, space);
  rest.erase(0, std::min(space + 1, rest.size()));
  return word;
}

base::Result<std::uint32_t> take_number(std::string& rest, int base) {
  const std::string word = take_word(rest);
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number, base);
  if (error != std::errc() || end != word.data() + word.size()) {
    return base::fail(base::ErrorCode::corrupt, "expected a number, not " + word);
  }
  return number;
}

std::string unescape(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = text.substr(i);
    if (rest.starts_with("\\\\")) {
      bytes += '\\';
      i += 1;
    } else if (rest.starts_with("\\r")) {
      bytes += '\r';
      i += 1;
    } else if (rest.starts_with("\\x") && rest.size() >= 4) {
      unsigned value = 0;
      std::from_chars(rest.data() + 2, rest.data() + 4, value, 16);
      bytes += static_cast<char>(value);
      i += 3;
    } else {
      bytes += text[i];
    }
  }
  // The line break in front of the next block is not part of the file unless one stands before it.
  if (bytes.ends_with('\n')) {
    bytes.pop_back();
  }
  return bytes;
}

std::string escape(std::string_view bytes) {
  constexpr std::string_view k_digits = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char byte = bytes[i];
    const bool is_head =
        bytes.substr(i).starts_with("=== ") && (text.empty() || text.back() == '\n');
    const auto value = static_cast<unsigned char>(byte);
    if (byte == '\\') {
      text += "\\\\";
    } else if (byte == '\r') {
      text += "\\r";
    } else if (!is_head && (byte == '\n' || (value >= 0x20 && value < 0x7F))) {
      text += byte;
    } else {
      text.append("\\x").append(1, k_digits[value >> 4U]).append(1, k_digits[value & 15U]);
    }
  }
  return text + "\n";
}

bool is_plain(std::string_view text) {
  return text.ends_with('\n') && escape(text) == std::string(text) + "\n" &&
         text.find("\n=== ") == std::string_view::npos && !text.starts_with("=== ");
}

base::Status parse_command(Step& step, std::string rest) {
  const std::string word = take_word(rest);
  if (word == "restart" || word == "overflow" || word == "same-tick") {
    (word == "restart"    ? step.is_restart
     : word == "overflow" ? step.is_overflow
                          : step.is_same_tick) = true;
    return {};
  }
  if (word == "meanwhile") {
    TRY_ASSIGN(step.meanwhile, take_number(rest, 10));
    return {};
  }
  if (word == "disk-full" || word == "kill") {
    TRY_ASSIGN(const std::uint32_t number, take_number(rest, 10));
    step.fault = Fault{word == "kill" ? Fault::Kind::kill : Fault::Kind::disk_full, number};
    return {};
  }
  for (const Command& command : k_commands) {
    if (command.word != word) {
      continue;
    }
    Edit edit;
    edit.kind = command.kind;
    if (has_number(edit.kind)) {
      TRY_ASSIGN(edit.number, take_number(rest, base_of(edit.kind)));
    }
    const std::size_t arrow = rest.find(k_arrow);
    edit.path = rest.substr(0, arrow);
    if (arrow != std::string::npos) {
      edit.other = rest.substr(arrow + k_arrow.size());
    }
    step.edits.push_back(std::move(edit));
    return {};
  }
  return base::fail(base::ErrorCode::corrupt, "no such command: " + word);
}

// A block is its head and the lines up to the next one.
base::Status add_block(Scenario& scenario, std::string head, std::string text) {
  const std::string word = take_word(head);
  if (word == "step") {
    scenario.steps.push_back({});
    scenario.steps.back().name = head;
    return {};
  }
  if (scenario.steps.empty()) {
    scenario.steps.push_back({});
  }
  Step& step = scenario.steps.back();
  if (word == "expect") {
    step.expectations.push_back({head, std::move(text)});
    return {};
  }
  if (word == "do") {
    return parse_command(step, head);
  }
  for (const Spelling& block : k_blocks) {
    if (block.word == word) {
      step.edits.push_back(
          {block.kind, head, "", block.is_escaped ? unescape(text) : std::move(text), 0});
      return {};
    }
  }
  return base::fail(base::ErrorCode::corrupt, "no such block: " + word);
}

void append_edit(std::string& text, const Edit& edit) {
  const bool is_escaped = !is_plain(edit.text);
  for (const Spelling& block : k_blocks) {
    if (block.kind == edit.kind && block.is_escaped == is_escaped) {
      text.append("=== ").append(block.word).append(" ").append(edit.path).append("\n");
      text += is_escaped ? escape(edit.text) : edit.text;
      return;
    }
  }
  for (const Command& command : k_commands) {
    if (command.kind == edit.kind) {
      text.append("=== do ").append(command.word).append(" ");
      text += has_number(edit.kind) ? number_text(edit.number, base_of(edit.kind)) + " " : "";
      text += edit.path;
      text += edit.other.empty() ? "\n" : std::string(k_arrow) + edit.other + "\n";
    }
  }
}

}  // namespace

base::Result<Scenario> parse_scenario(std::string_view text) {
  Scenario scenario;
  std::string head;
  std::string body;
  bool is_in_block = false;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end);
    if (!line.starts_with("=== ")) {
      (is_in_block ? body : scenario.description) += line;
      continue;
    }
    if (is_in_block) {
      TRY(add_block(scenario, std::move(head), std::move(body)));
    }
    is_in_block = true;
    head = line.substr(4, line.size() - 5);
    body.clear();
  }
  if (is_in_block) {
    TRY(add_block(scenario, std::move(head), std::move(body)));
  }
  return scenario;
}

std::string scenario_text(const Scenario& scenario) {
  std::string text = scenario.description;
  for (const Step& step : scenario.steps) {
    if (!step.name.empty()) {
      text.append("=== step ").append(step.name).append("\n");
    }
    text += step.is_restart ? "=== do restart\n" : "";
    text += step.is_overflow ? "=== do overflow\n" : "";
    text += step.is_same_tick ? "=== do same-tick\n" : "";
    for (const Edit& edit : step.edits) {
      append_edit(text, edit);
    }
    if (step.fault) {
      text += step.fault->kind == Fault::Kind::kill ? "=== do kill " : "=== do disk-full ";
      text += std::to_string(step.fault->at_change) + "\n";
    }
    text += step.meanwhile > 0 ? "=== do meanwhile " + std::to_string(step.meanwhile) + "\n" : "";
    for (const Expectation& expectation : step.expectations) {
      text.append("=== expect ").append(expectation.what).append("\n").append(expectation.text);
    }
  }
  return text;
}

}  // namespace proof
