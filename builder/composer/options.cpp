#include "builder/composer/options.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/suggestion.h"
#include "builder/composer/primitives.h"

namespace builder::composer {

const Object* options_of(Evaluator& evaluator,
                         const Value& value,
                         std::initializer_list<std::string_view> names) {
  const auto* options = value.as<const Object*>();
  if (options == nullptr) {
    if (!value.is<Undefined>() && !value.is<Null>() && !value.is<Failed>()) {
      evaluator.fail_invalid(value.place,
                             "Options are an object, { " + std::string(*names.begin()) +
                                 ": ... }; this is " + describe(value) + ".");
    }
    return nullptr;
  }
  for (const Object::Member& member : (*options)->members) {
    if (std::find(names.begin(), names.end(), member.key) == names.end()) {
      evaluator.fail_invalid(
          member.place,
          "There is no option \"" + std::string(member.key) + "\" here." +
              base::did_you_mean(base::suggestions_for(
                  member.key, std::vector<std::string_view>(names.begin(), names.end()))));
    }
  }
  return *options;
}

}  // namespace builder::composer
