# The packages of docs/architecture.md, "Dependencies". Debian 12 has all of them but tree-sitter and
# its grammars, which `tools/setup` installs from npm by lock file into node_modules.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)

# With static packages the programs need nothing but libc, so that one file can be put into an npm
# package and run on any distribution.
option(BUILDER_STATIC_PACKAGES "Link packages and the C++ library statically" OFF)
if(BUILDER_STATIC_PACKAGES)
  set(OPENSSL_USE_STATIC_LIBS TRUE)
  set(CMAKE_FIND_LIBRARY_SUFFIXES .a)
  target_link_options(builder_settings INTERFACE -static-libstdc++ -static-libgcc)
endif()

find_package(OpenSSL 3.0 REQUIRED)
find_package(tl-expected 1.0 REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(CLI11 2.1 REQUIRED)
find_package(doctest 2.4 REQUIRED)
find_package(benchmark QUIET)
pkg_check_modules(XXHASH REQUIRED IMPORTED_TARGET libxxhash>=0.8.1)
pkg_check_modules(YAML_CPP REQUIRED IMPORTED_TARGET yaml-cpp>=0.7)

# An allocator for programs that ship or are measured, where it is installed: decision 0196. Tests
# keep that of libc, which sanitizers replace.
add_library(builder_allocator INTERFACE)
if(BUILDER_STATIC_PACKAGES)
  find_library(BUILDER_JEMALLOC jemalloc_pic)
  if(BUILDER_JEMALLOC)
    target_link_libraries(builder_allocator INTERFACE
      ${BUILDER_JEMALLOC} Threads::Threads ${CMAKE_DL_LIBS} m)
  else()
    message(STATUS "jemalloc is not installed: programs use the allocator of libc, which is slower")
  endif()
endif()
