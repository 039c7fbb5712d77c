# Two INTERFACE targets hold every flag of our own code. Third-party code links neither.
add_library(builder_warnings INTERFACE)
target_compile_options(builder_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
  -Wnon-virtual-dtor -Woverloaded-virtual -Wextra-semi
  $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond -Wlogical-op>
  # GCC 12 sees overlaps in every std::string that is made of a literal (its bug 105651).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
option(BUILDER_WARNINGS_AS_ERRORS "Treat warnings in our own code as errors" OFF)
if(BUILDER_WARNINGS_AS_ERRORS)
  target_compile_options(builder_warnings INTERFACE -Werror)
endif()

# A compiler cache helps who has one; nobody needs one.
find_program(BUILDER_CCACHE ccache)
foreach(language C CXX)
  if(BUILDER_CCACHE AND NOT CMAKE_${language}_COMPILER_LAUNCHER)
    set(CMAKE_${language}_COMPILER_LAUNCHER ${BUILDER_CCACHE})
  endif()
endforeach()

add_library(builder_settings INTERFACE)
target_compile_features(builder_settings INTERFACE cxx_std_20)
# What ships names our files as the repository does, wherever it was built.
target_compile_options(builder_settings INTERFACE
  $<$<CONFIG:Release>:-fmacro-prefix-map=${PROJECT_SOURCE_DIR}/=>)
set_property(GLOBAL PROPERTY C_STANDARD 11)
target_compile_definitions(builder_settings INTERFACE $<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)
# What `session/build_id.h` reads.
target_link_options(builder_settings INTERFACE -Wl,--build-id=sha1)
set(BUILDER_SANITIZE "" CACHE STRING "Semicolon list for -fsanitize=, e.g. address;undefined")
if(BUILDER_SANITIZE)
  list(JOIN BUILDER_SANITIZE "," sanitizers)
  target_compile_options(builder_settings INTERFACE
    -fsanitize=${sanitizers} -fno-omit-frame-pointer -fno-sanitize-recover=all
    # Lines are all that a report shows of debug information, which takes a tenth of the time.
    -g1)
  target_link_options(builder_settings INTERFACE -fsanitize=${sanitizers})
endif()

# Whoever builds everything from nothing compiles several files of a target as one, which takes a
# fraction of the time; whoever edits one file compiles that one. So names in unnamed namespaces must
# be unique within a layer's namespace.
option(BUILDER_UNITY "Compile the files of a target together" OFF)
function(builder_unity target files)
  set_target_properties(${target} PROPERTIES
    UNITY_BUILD ${BUILDER_UNITY} UNITY_BUILD_BATCH_SIZE ${files})
endfunction()
if(BUILDER_UNITY)
  # GCC takes every file but the one it was called with for a header.
  target_compile_options(builder_warnings INTERFACE
    $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
endif()

# builder_layer(<name> SOURCES <file>... [USES <lower layer or package>...])
# One folder, one static library. USES is the whole list of what the folder may include, so the call
# in each folder's CMakeLists.txt is the layering rule that docs/architecture.md draws.
function(builder_layer name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "" "SOURCES;USES")
  add_library(${name} STATIC ${ARG_SOURCES})
  add_library(builder::${name} ALIAS ${name})
  builder_unity(${name} 10)
  target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PUBLIC builder_settings ${ARG_USES} PRIVATE builder_warnings)
endfunction()

# builder_test(<layer> SOURCES <file>... [USES <target>...] [THREADED <suite>...])
# One test program for one layer, run by ctest as `<layer>`. The suites after THREADED start threads,
# so they, and no others, run under the thread sanitizer; `threaded_tests` builds them.
add_custom_target(threaded_tests)
function(builder_test layer)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "" "SOURCES;USES;THREADED")
  add_executable(test_${layer} ${ARG_SOURCES} $<TARGET_OBJECTS:test_main>)
  builder_unity(test_${layer} 6)
  target_include_directories(test_${layer} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(test_${layer} PRIVATE
    builder_settings builder_warnings doctest::doctest ${ARG_USES})
  target_compile_definitions(test_${layer} PRIVATE
    BUILDER_SOURCE_DIR="${PROJECT_SOURCE_DIR}" BUILDER_BINARY_DIR="${PROJECT_BINARY_DIR}")
  set(filter "")
  if(BUILDER_SANITIZE STREQUAL "thread")
    list(JOIN ARG_THREADED "," suites)
    set(filter "--test-suite=${suites}")
  endif()
  add_test(NAME ${layer} COMMAND test_${layer} ${filter})
  if(ARG_THREADED)
    set_tests_properties(${layer} PROPERTIES LABELS threaded)
    add_dependencies(threaded_tests test_${layer})
  endif()
endfunction()
