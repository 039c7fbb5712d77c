#include "base/boxed.h"

#include <string>

#include <doctest/doctest.h>

using base::Boxed;

TEST_SUITE("base/boxed") {
  TEST_CASE("it holds a value or none") {
    Boxed<std::string> box;
    CHECK_FALSE(box.has_value());

    box = std::string("a");
    CHECK(box.has_value());
    CHECK(*box == "a");
    CHECK(box->size() == 1);

    box.emplace() += "b";
    CHECK(*box == "b");

    box.reset();
    CHECK_FALSE(static_cast<bool>(box));
  }

  TEST_CASE("a copy is a copy of the value") {
    Boxed<std::string> box = std::string("a");
    const Boxed<std::string> copy = box;

    *box = "b";

    CHECK(*copy == "a");
    box = copy;
    CHECK(*box == "a");
    box = Boxed<std::string>(Boxed<std::string>());
    CHECK_FALSE(box.has_value());
  }

  TEST_CASE("boxes are equal if their values are") {
    const Boxed<std::string> none;
    const Boxed<std::string> a = std::string("a");

    CHECK(none == Boxed<std::string>());
    CHECK(a == Boxed<std::string>(std::string("a")));
    CHECK_FALSE(a == Boxed<std::string>(std::string("b")));
    CHECK_FALSE(a == none);
  }
}
