#include "graphql/strip_ignored.h"

#include "graphql/block_string.h"
#include "graphql/lexer.h"

namespace graphql {

StrippedText strip_ignored_characters(std::string_view source, std::uint32_t source_id) {
  StrippedText stripped;
  Lexer lexer(source);
  StringReader strings;
  bool was_punctuator = true;
  for (;;) {
    const Token token = lexer.next();
    if (token.kind == TokenKind::end_of_file) {
      return stripped;
    }
    if (token.kind == TokenKind::error) {
      stripped.text.clear();
      stripped.error = Error{"SyntaxError",
                             "Syntax Error: " + lexer.error().message,
                             {Location{source_id, lexer.error().span}}};
      return stripped;
    }
    // `a b` must not become one name, nor `1 ...` a broken number.
    const bool is_now_punctuator = is_punctuator(token.kind);
    if (!was_punctuator && (!is_now_punctuator || token.kind == TokenKind::spread)) {
      stripped.text += ' ';
    }
    if (token.kind == TokenKind::block_string) {
      stripped.text += print_block_string(strings.read(source, token), BlockStringForm::minimized);
    } else {
      stripped.text += source.substr(token.span.begin, token.span.size());
    }
    was_punctuator = is_now_punctuator;
  }
}

}  // namespace graphql
