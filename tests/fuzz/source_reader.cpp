// Any bytes are read as any language up to any tier without a crash or a hang; the facts are the
// same each time, and every place that they name lies in the file.
#include "discovery/source_reader.h"

#include <cstdint>
#include <string>

#include "base/check.h"
#include "base/file_system.h"

namespace {

void check_places(const discovery::SourceFacts& facts, std::size_t size) {
  for (const discovery::TemplateSite& site : facts.templates) {
    const auto length = static_cast<std::uint32_t>(site.text.text().size());
    const base::Span source = site.text.to_source({0, length});
    base::check(source.begin <= source.end && source.end <= size, "a text lies in its file");
    base::check(site.site.begin <= site.content.begin && site.content.end <= size,
                "a site lies in its file");
    std::uint32_t last = 0;
    for (const base::MappedText::Segment& segment : site.text.segments()) {
      base::check(last <= segment.source.begin, "the sources of segments ascend");
      last = segment.source.end;
    }
  }
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using discovery::FactsTier;
  using discovery::Language;
  std::string text(bytes, bytes + size);
  text.append(base::FileSystem::k_read_padding, '\0');
  discovery::SourceReader reader;
  for (const Language language : {Language::typescript, Language::tsx, Language::graphql}) {
    for (const FactsTier tier :
         {FactsTier::specifiers, FactsTier::bindings, FactsTier::documents}) {
      const discovery::ReadRequest request{{text.data(), size}, language, tier};
      const discovery::SourceFacts facts = reader.read(request);
      check_places(facts, size);
      base::check(reader.read(request) == facts, "the same bytes give the same facts");
    }
  }
  return 0;
}
