#include "tests/proof/shrink.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace proof {
namespace {

class Shrinker {
 public:
  Shrinker(Scenario scenario, const StillFails& still_fails, unsigned attempts)
      : best_(std::move(scenario)), still_fails_(still_fails), attempts_(attempts) {}

  Scenario run() {
    std::size_t size = 0;
    do {
      size = scenario_text(best_).size();
      // The first step is the project; all others may go.
      shrink_list(best_.steps.size() - 1, [](Scenario& one, std::size_t from, std::size_t count) {
        erase(one.steps, from + 1, count);
      });
      for (std::size_t i = 0; i < best_.steps.size(); ++i) {
        shrink_step(i);
      }
    } while (attempts_ > 0 && scenario_text(best_).size() < size);
    return std::move(best_);
  }

 private:
  template <typename Item>
  static void erase(std::vector<Item>& items, std::size_t from, std::size_t count) {
    const auto begin = items.begin() + static_cast<std::ptrdiff_t>(from);
    items.erase(begin, begin + static_cast<std::ptrdiff_t>(count));
  }

  bool accept(Scenario candidate) {
    if (attempts_ == 0) {
      return false;
    }
    --attempts_;
    if (!still_fails_(candidate)) {
      return false;
    }
    best_ = std::move(candidate);
    return true;
  }

  // Tries to do without runs of items, from the back, halving the length of the runs.
  template <typename Erase>
  void shrink_list(std::size_t size, const Erase& erase_run) {
    for (std::size_t run = std::max<std::size_t>(size / 2, 1); size > 0; run /= 2) {
      for (std::size_t end = size; end > 0;) {
        const std::size_t from = end > run ? end - run : 0;
        Scenario candidate = best_;
        erase_run(candidate, from, end - from);
        if (accept(std::move(candidate))) {
          size -= end - from;
        }
        end = from;
      }
      if (run == 1) {
        break;
      }
    }
  }

  void shrink_step(std::size_t index) {
    shrink_list(best_.steps[index].edits.size(),
                [index](Scenario& one, std::size_t from, std::size_t count) {
                  erase(one.steps[index].edits, from, count);
                });
    for (bool Step::*flag : {&Step::is_restart, &Step::is_overflow, &Step::is_same_tick}) {
      Scenario candidate = best_;
      if (std::exchange(candidate.steps[index].*flag, false)) {
        accept(std::move(candidate));
      }
    }
    if (best_.steps[index].meanwhile > 0) {
      Scenario candidate = best_;
      candidate.steps[index].meanwhile = 0;
      accept(std::move(candidate));
    }
    if (best_.steps[index].fault) {
      Scenario candidate = best_;
      candidate.steps[index].fault.reset();
      accept(std::move(candidate));
    }
    for (std::size_t i = 0; i < best_.steps[index].edits.size(); ++i) {
      shrink_edit(index, i);
    }
  }

  void shrink_edit(std::size_t step, std::size_t edit) {
    const std::string& text = best_.steps[step].edits[edit].text;
    const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    shrink_list(lines, [step, edit](Scenario& one, std::size_t from, std::size_t count) {
      erase_lines(one.steps[step].edits[edit].text, from, count);
    });
    if (best_.steps[step].edits[edit].kind != Edit::Kind::write) {
      Scenario candidate = best_;
      Edit& plain = candidate.steps[step].edits[edit];
      if (plain.kind == Edit::Kind::save || plain.kind == Edit::Kind::write_backdated) {
        plain.kind = Edit::Kind::write;
        accept(std::move(candidate));
      }
    }
  }

  static void erase_lines(std::string& text, std::size_t from, std::size_t count) {
    std::size_t begin = 0;
    for (; from > 0; --from) {
      begin = text.find('\n', begin) + 1;
    }
    std::size_t end = begin;
    for (; count > 0; --count) {
      end = text.find('\n', end) + 1;
    }
    text.erase(begin, end - begin);
  }

  Scenario best_;
  const StillFails& still_fails_;
  unsigned attempts_;
};

}  // namespace

Scenario shrink(Scenario scenario, const StillFails& still_fails, unsigned attempts) {
  return Shrinker(std::move(scenario), still_fails, attempts).run();
}

}  // namespace proof
