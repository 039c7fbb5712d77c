# tree-sitter and its grammars are generated or foreign C, compiled as they are, without our
# warnings, from the npm packages that package-lock.json pins.
set(BUILDER_NODE_MODULES ${PROJECT_SOURCE_DIR}/node_modules CACHE PATH
  "Where npm put tree-sitter and its grammars")
set(tree_sitter_dir ${BUILDER_NODE_MODULES}/tree-sitter/vendor/tree-sitter/lib)
if(NOT EXISTS ${tree_sitter_dir}/src/lib.c)
  message(FATAL_ERROR "tree-sitter is not in ${BUILDER_NODE_MODULES}: run tools/setup first")
endif()

add_library(tree_sitter STATIC ${tree_sitter_dir}/src/lib.c)
target_include_directories(tree_sitter SYSTEM
  PUBLIC ${tree_sitter_dir}/include PRIVATE ${tree_sitter_dir}/src)
target_compile_definitions(tree_sitter PRIVATE _DEFAULT_SOURCE)
set_target_properties(tree_sitter PROPERTIES C_STANDARD 11)
target_compile_options(tree_sitter PRIVATE -w -O2)

# builder_grammar(<target> <src dir of an npm grammar package>)
# Grammar and core must agree on the ABI; a mismatch would show only as a null parser at run time.
function(builder_grammar name dir)
  file(STRINGS ${dir}/parser.c abi_line REGEX "^#define LANGUAGE_VERSION [0-9]+$" LIMIT_COUNT 1)
  string(REGEX MATCH "[0-9]+" abi "${abi_line}")
  if(NOT abi OR abi LESS 13 OR abi GREATER 15)
    message(FATAL_ERROR "${dir}: grammar ABI '${abi}', but tree-sitter 0.25 reads 13 to 15")
  endif()
  add_library(${name} STATIC ${dir}/parser.c ${dir}/scanner.c)
  target_include_directories(${name} SYSTEM PRIVATE ${dir})
  target_compile_options(${name} PRIVATE -w -O2)
endfunction()

set(typescript_dir ${BUILDER_NODE_MODULES}/tree-sitter-typescript)
builder_grammar(tree_sitter_typescript ${typescript_dir}/typescript/src)
builder_grammar(tree_sitter_tsx ${typescript_dir}/tsx/src)
