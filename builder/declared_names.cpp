#include "builder/declared_names.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "graphql/lexer.h"

namespace builder {
namespace {

using graphql::Token;
using graphql::TokenKind;

bool is_operation_keyword(std::string_view word) {
  return word == "query" || word == "mutation" || word == "subscription";
}

bool is_type_keyword(std::string_view word) {
  constexpr std::string_view k_words[] = {
      "type", "interface", "union", "enum", "input", "scalar", "directive", "schema", "extend"};
  return std::find(std::begin(k_words), std::end(k_words), word) != std::end(k_words);
}

class DeclarationReader {
 public:
  explicit DeclarationReader(std::string_view text) : text_(text), lexer_(text) {
    token_ = lexer_.next();
    while (token_.kind != TokenKind::end_of_file && token_.kind != TokenKind::error) {
      following_ = lexer_.next();
      read_token();
      token_ = following_;
    }
  }

  std::vector<DeclaredName> take_names() { return std::move(names_); }
  bool has_types_only() const { return has_types_ && names_.empty(); }

 private:
  /// What stands between a definition's keyword and its braces.
  enum class Header { none, executable, type };

  std::string_view word_of(const Token& token) const {
    return token.kind == TokenKind::name ? text_.substr(token.span.begin, token.span.size())
                                         : std::string_view();
  }

  void read_token() {
    if (is_opening(token_.kind)) {
      if (depth_ == 0 && token_.kind == TokenKind::brace_left) {
        enter_braces();
      }
      ++depth_;
    } else if (is_closing(token_.kind)) {
      depth_ -= depth_ > 0 ? 1 : 0;
    } else if (depth_ == 0 && token_.kind == TokenKind::name) {
      read_word(word_of(token_));
    }
  }

  void enter_braces() {
    if (header_ == Header::none) {
      names_.push_back({false, {}, token_.span});
    }
    header_ = Header::none;
  }

  // A type need not have braces, so that any keyword may follow its header.
  void read_word(std::string_view word) {
    if (header_ == Header::executable) {
      return;
    }
    const bool is_fragment = word == "fragment";
    if (is_fragment || is_operation_keyword(word)) {
      names_.push_back({is_fragment, std::string(word_of(following_)), following_.span});
      header_ = Header::executable;
    } else if (is_type_keyword(word)) {
      has_types_ = true;
      header_ = Header::type;
      // The name of a type may be any word, but `extend` stands before another keyword.
      if (word != "extend" && following_.kind == TokenKind::name) {
        following_ = lexer_.next();
      }
    }
  }

  std::string_view text_;
  graphql::Lexer lexer_;
  Token token_;
  Token following_;
  std::size_t depth_ = 0;
  Header header_ = Header::none;
  bool has_types_ = false;
  std::vector<DeclaredName> names_;
};

}  // namespace

std::vector<DeclaredName> declared_names(std::string_view text) {
  return DeclarationReader(text).take_names();
}

bool declares_types_only(std::string_view text) {
  return DeclarationReader(text).has_types_only();
}

}  // namespace builder
