#pragma once

#include "base/diagnostic.h"
#include "discovery/module_resolver.h"
#include "discovery/name_resolver.h"
#include "discovery/source_facts.h"
#include "session/saved/packing.h"

// How the values of discovery are saved.
namespace session {

template <>
inline constexpr auto k_last_value<discovery::Language> = discovery::Language::graphql;
template <>
inline constexpr auto k_last_value<discovery::FactsTier> = discovery::FactsTier::compositions;
template <>
inline constexpr auto k_last_value<discovery::TemplateForm> = discovery::TemplateForm::file;
template <>
inline constexpr auto k_last_value<discovery::ConstantFact::Kind> =
    discovery::ConstantFact::Kind::call_result;
template <>
inline constexpr auto k_last_value<discovery::Substitution::Kind> =
    discovery::Substitution::Kind::other;
template <>
inline constexpr auto k_last_value<discovery::ExpressionKind> = discovery::ExpressionKind::binary;
template <>
inline constexpr auto k_last_value<discovery::ResolvedName::Kind> =
    discovery::ResolvedName::Kind::unbound;
template <>
inline constexpr auto k_last_value<discovery::ModuleResolution::Kind> =
    discovery::ModuleResolution::Kind::not_found;

template <>
struct Fields<base::FileStamp> {
  static void visit(auto& archive, auto& stamp) {
    auto& [size_bytes, modified_ns, changed_ns, inode, device] = stamp;
    archive(size_bytes, modified_ns, changed_ns, inode, device);
  }
};

template <>
struct Fields<discovery::NameChain> {
  static void visit(auto& archive, auto& chain) {
    auto& [names, span, scope] = chain;
    archive(names, span, scope);
  }
};

template <>
struct Fields<discovery::ImportedName> {
  static void visit(auto& archive, auto& name) {
    auto& [imported, local, is_type_only, scope] = name;
    archive(imported, local, is_type_only, scope);
  }
};

template <>
struct Fields<discovery::ImportFact> {
  static void visit(auto& archive, auto& fact) {
    auto& [specifier, span, is_type_only, names] = fact;
    archive(specifier, span, is_type_only, names);
  }
};

template <>
struct Fields<discovery::ExportFact> {
  static void visit(auto& archive, auto& fact) {
    auto& [exported, local, specifier, specifier_span, is_type_only] = fact;
    archive(exported, local, specifier, specifier_span, is_type_only);
  }
};

template <>
struct Fields<discovery::ConstantFact> {
  static void visit(auto& archive, auto& fact) {
    auto& [path, kind, text, target, scope] = fact;
    archive(path, kind, text, target, scope);
  }
};

template <>
struct Fields<discovery::Substitution> {
  static void visit(auto& archive, auto& substitution) {
    auto& [kind, span, offset, chain, text, site] = substitution;
    archive(kind, span, offset, chain, text, site);
  }
};

template <>
struct Fields<discovery::TemplateSite> {
  static void visit(auto& archive, auto& one) {
    auto& [form,
           tag,
           is_marked,
           site,
           utf16_site,
           content,
           text,
           substitutions,
           has_fragment_list,
           fragments,
           opaque_fragment,
           binding,
           scope,
           is_reassigned,
           is_ignored,
           has_invalid_escape] = one;
    archive(form, tag, is_marked, site, utf16_site, content, text, substitutions);
    archive(has_fragment_list, fragments);
    archive(opaque_fragment, binding, scope, is_reassigned, is_ignored, has_invalid_escape);
  }
};

template <>
struct Fields<discovery::FactsProblem> {
  static void visit(auto& archive, auto& problem) {
    auto& [code, message, span, is_error] = problem;
    archive(code, message, span, is_error);
  }
};

template <>
struct Fields<discovery::Expression> {
  static void visit(auto& archive, auto& expression) {
    auto& [kind, is_optional, span, first, next, mapped, text] = expression;
    archive(kind, is_optional, span, first, next, mapped, text);
  }
};

template <>
struct Fields<discovery::CompositionSite> {
  static void visit(auto& archive, auto& one) {
    auto& [callee,
           site,
           utf16_site,
           call,
           oddity,
           path,
           is_default_export,
           binding,
           scope,
           is_ignored] = one;
    archive(callee, site, utf16_site, call, oddity, path, is_default_export);
    archive(binding, scope, is_ignored);
  }
};

template <>
struct Fields<discovery::ValueFact> {
  static void visit(auto& archive, auto& fact) {
    auto& [name, is_local, scope, value] = fact;
    archive(name, is_local, scope, value);
  }
};

template <>
struct Fields<discovery::CompositionFacts> {
  static void visit(auto& archive, auto& facts) {
    auto& [expressions, texts, sites, values] = facts;
    archive(expressions, texts, sites, values);
  }
};

template <>
struct Fields<discovery::SourceFacts> {
  static void visit(auto& archive, auto& facts) {
    auto& [tier, imports, exports, constants, templates, compositions, problems, is_unread] = facts;
    archive(tier, imports, exports, constants, templates, compositions, problems, is_unread);
  }
};

template <>
struct Fields<discovery::ResolvedName> {
  static void visit(auto& archive, auto& name) {
    auto& [kind, file, specifier, path, scope, callee, is_imported] = name;
    archive(kind, file, specifier, path, scope, callee, is_imported);
  }
};

template <>
struct Fields<discovery::NameTrace> {
  static void visit(auto& archive, auto& trace) {
    auto& [files, requests, offered, offered_names] = trace;
    archive(files, requests, offered, offered_names);
  }
};

}  // namespace session
