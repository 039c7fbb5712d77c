#pragma once

#include "discovery/scanner/skeleton_parser.h"

namespace discovery::scanner {

/// Types in types, expressions in expressions, blocks in blocks: what people write stays at a tenth
/// of it.
inline constexpr unsigned k_deepest = 200;

/// Puts the old context back at the end of the block.
class SkeletonParser::Within {
 public:
  explicit Within(SkeletonParser& parser) : parser_(parser), old_(parser.context_) {}
  /// Inside of brackets that begin an expression anew.
  Within(SkeletonParser& parser, bool is_value) : Within(parser) {
    parser_.context_.is_value = is_value;
    parser_.context_.is_before_colon = false;
    parser_.context_.is_loop_head = false;
    parser_.context_.is_heritage = false;
  }
  ~Within() { parser_.context_ = old_; }
  Within(const Within&) = delete;
  Within& operator=(const Within&) = delete;

 private:
  SkeletonParser& parser_;
  Context old_;
};

}  // namespace discovery::scanner
